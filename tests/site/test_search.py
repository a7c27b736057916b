"""The search finds the page that a student means, in whatever words, by HTTP and as a file."""

import gzip
import json
import re

import pytest

QUERIES = """
initialization | training/initialisation
weight initialisation | training/initialisation
Xavier | training/initialisation
he init | training/initialisation
fan in | training/initialisation
vanishing gradient | nonlinearity/activations training/initialisation
exploding gradient | training/initialisation
learning rate schedule | training/initialisation
why not initialize weights with zero | training/initialisation
optimizer | training/optimisers
optimisers | training/optimisers
SGD | training/optimisers
learning rate | training/optimisers training/initialisation
learning rates | training/optimisers training/initialisation
bias correction | training/optimisers
batch size | training/choosing training/optimisers training/training-run
inference | training/normalisation
evaluation mode | training/normalisation
model.eval() | training/normalisation
normalize | training/normalisation
batchnorm | training/normalisation
batch-norm | training/normalisation
batch normalisation | training/normalisation
Batch Normalization | training/normalisation
BN | training/normalisation
what is the difference between batch norm in training and testing | training/normalisation
overfitting | training/regularisation
regularization | training/regularisation
weight decay | training/regularisation training/optimisers
how does dropout work | training/regularisation
hyper-parameters | training/training-run
minibatch | training/training-run training/optimisers
confusion matrix | training/trained-network
k nearest neighbors | training/trained-network
what does max pooling do with the gradient? | training/backpropagation
back-propagation | training/backpropagation
backprop | training/backpropagation
backprop by hand | training/backward-by-hand
gradient checking | training/gradient-checks
finite differences | training/gradient-checks
degradation | architectures/vgg-resnet
skip connections | architectures/vgg-resnet
VGG parameters | architectures/vgg-resnet convolution/counting-parameters
alexnet | architectures/lenet-alexnet
1x1 convolution | convolution/channels
1 × 1 convolution | convolution/channels
conv2d | convolution/channels
color image | convolution/channels
colour image | convolution/channels
number of filters | convolution/channels
output size formula | convolution/output-size
how do I compute the output size of a convolution | convolution/output-size
same padding | convolution/output-size
stride | convolution/output-size
how many parameters | convolution/counting-parameters
three 3x3 or one 7x7 | convolution/counting-parameters
receptive fields | convolution/receptive-field
atrous | convolution/variants
group convolution | convolution/variants
depthwise separable | convolution/variants architectures/vgg-resnet
im2col | convolution/matrix
FLOPs | convolution/operations
MACs | convolution/operations
what is a convolution | convolution/correlation
cross-correlation | convolution/correlation
edge detection | convolution/kernels-by-hand
dying relu | nonlinearity/activations
ReLU | nonlinearity/activations
zero centered | nonlinearity/activations
why do we need activation functions | nonlinearity/activations
maxpool | nonlinearity/pooling
pooling layers | nonlinearity/pooling
fully-connected | nonlinearity/head orientation/mlp-to-cnn
GAP | nonlinearity/head
cross entropy | nonlinearity/softmax-cross-entropy
crossentropy | nonlinearity/softmax-cross-entropy
CE | nonlinearity/softmax-cross-entropy
derivative of softmax | nonlinearity/softmax-cross-entropy
translation invariance | nonlinearity/equivariance
ViT | architectures/attention orientation/families
MLP | orientation/mlp-to-cnn
parameter sharing | orientation/mlp-to-cnn
saliency map | seeing/saliency
feature visualization | seeing/feature-maps
NCHW | notation
cheat sheet | exam/formula-sheet
common mistakes | exam/misconceptions
138357544 | convolution/operations architectures/vgg-resnet
138,357,544 | convolution/operations architectures/vgg-resnet
138 357 544 | convolution/operations architectures/vgg-resnet
150529000 | orientation/mlp-to-cnn
150 529 000 | orientation/mlp-to-cnn
2.0351 | nonlinearity/softmax-cross-entropy
convlution kernel flip | convolution/correlation
poolng | nonlinearity/pooling
recptive field | convolution/receptive-field
backpropogation | training/backpropagation
""".strip()
"""What a student types | the page that stands first, or the two of which one does."""

ASK = """async questions => {
    const field = document.querySelector('.md-search__input');
    const said = document.querySelector('.md-search-result__meta');
    const empty = said.textContent;
    const ask = async (words, isAnswered) => {
        field.value = words;
        field.dispatchEvent(new Event('keyup'));
        while (!isAnswered()) await new Promise(requestAnimationFrame);
    };
    const answers = {};
    document.querySelector('.md-search-result__list').style.display = 'none';  // it is slow
    for (const words of questions) {
        await ask(words, () => said.textContent !== empty);
        const first = document.querySelector('.md-search-result__item a');
        answers[words] = first && first.href.replace(/[?#].*/, '');
        await ask('', () => said.textContent === empty);
    }
    return answers;
}"""


@pytest.fixture(scope="module")
def docs(site):
    """Read the entries of the index."""
    return json.loads((site / "search/search_index.json").read_text("utf-8"))["docs"]


def opened(visit, name="index.html", **options):
    """Open a page and its search, when the theme has done what it does after loading."""
    seen = visit(name, **options)
    seen.page.wait_for_function("document.querySelector('.md-search-result__meta').textContent")
    seen.page.locator(".md-search__input").focus()
    seen.page.wait_for_function(
        "/^Type/.test(document.querySelector('.md-search-result__meta').textContent)"
    )
    return seen


@pytest.mark.parametrize("over", ["http", pytest.param("file", marks=pytest.mark.nightly)])
def test_the_page_that_is_meant_stands_first(over, visit):
    expected = dict(line.split(" | ") for line in QUERIES.splitlines())
    seen = opened(visit, over=over)
    answers = seen.page.evaluate(ASK, list(expected))
    wrong = {
        words: answers[words]
        for words, pages in expected.items()
        if answers[words] not in [f"{seen.home}{page}.html" for page in pages.split()]
    }
    assert wrong == {}
    assert seen.errors == seen.foreign == []


def test_a_result_shows_its_chapter_above_its_title_and_no_hidden_word(visit):
    page = opened(visit).page
    page.locator(".md-search__input").fill("Xavier")
    page.locator(".md-search__input").press("End")
    result = page.locator(".md-search-result__item article").first
    result.wait_for()
    chapter, title = result.locator(".md-tag"), result.locator("h1")
    assert "Training" in chapter.inner_text()
    assert "Initialisation and schedules" in title.inner_text()
    above = chapter.bounding_box()
    assert above["y"] + above["height"] <= title.bounding_box()["y"]
    assert "initialization" not in result.inner_text()


def test_marks_of_the_search_itself_are_left_to_it(visit):
    page = opened(visit).page
    answers = page.evaluate(ASK, ["poolng~1", '"global average pooling"', "+im2col -memory"])
    assert all(answers.values())


def test_the_index_is_light(site):
    written = (site / "search/search_index.json").read_bytes()
    pages = len({doc["location"].partition("#")[0] for doc in json.loads(written)["docs"]})
    assert len(gzip.compress(written, mtime=0)) < 2_900 * pages


def test_excerpts_are_words_in_sentences_and_rows(docs):
    text = "\n".join(entry["text"] for entry in docs)
    assert set(re.findall(r"</?(\w+)", text)) <= {"p", "code", "li", "ol", "ul", "sub", "sup"}
    assert not re.search(r"https?://|↩|¶|<pre|^\s*def \w+\(|<sup>\d", text, re.M)
    assert " ·  · " not in text


def test_every_other_name_of_a_page_is_in_the_index(docs):
    """By its words, and in both spellings."""
    named = {entry["location"]: set(entry["also"].split()) for entry in docs}
    page = named["training/initialisation.html"]
    assert page >= {"xavier", "initialization", "initialisation", "fan", "glorot"}
    assert named["nonlinearity/softmax-cross-entropy.html"] >= {"CE", "cross", "entropy"}


def test_an_entry_of_the_glossary_is_found_by_itself(docs):
    entry = next(one for one in docs if one["location"] == "exam/glossary.html#receptive-field")
    assert entry["title"] == "receptive field"


def test_the_manual_stands_below_the_notes(docs):
    ranks = {entry["location"]: entry.get("boost", 1) for entry in docs}
    assert all((rank < 0.5) == place.startswith("about/") for place, rank in ranks.items())
