"""The page on detection: overlaps by counting pixels, suppression and averages written naively."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest

PAGE = "beyond/detection"

Page = dict[str, Any]


def counted(a: np.ndarray, b: np.ndarray, side: int = 30) -> float:
    """Give the IoU of two boxes with whole numbers, pixel by pixel."""
    y, x = np.mgrid[:side, :side]
    in_a, in_b = ((p[0] <= x) & (x < p[2]) & (p[1] <= y) & (y < p[3]) for p in (a, b))
    return int((in_a & in_b).sum()) / int((in_a | in_b).sum())


def boxes_of(rng: np.random.Generator, count: int) -> np.ndarray:
    corner = rng.integers(0, 20, size=(count, 2))
    return np.concatenate([corner, corner + rng.integers(1, 10, size=(count, 2))], axis=1)


def test_the_overlap_is_what_counting_pixels_gives(page: Page) -> None:
    boxes = boxes_of(np.random.default_rng(0), 12)
    for a, b in combinations(boxes, 2):
        assert page["iou"](a, b) == pytest.approx(counted(a, b), abs=1e-12)
    assert page["iou"](boxes, boxes).tolist() == [1.0] * 12
    assert page["by_count"] == pytest.approx(6 / 26)


def test_one_box_is_compared_with_many(page: Page) -> None:
    boxes = boxes_of(np.random.default_rng(1), 7)
    found = page["iou"](boxes[0], boxes)
    assert found.tolist() == [pytest.approx(counted(boxes[0], one)) for one in boxes]


@pytest.mark.parametrize("most", [0.1, 0.3, 0.5, 0.7])
def test_suppression_keeps_what_no_surer_kept_box_overlaps(page: Page, most: float) -> None:
    """By the definition: walk down the scores, compare with everything that is kept."""
    rng = np.random.default_rng(2)
    for _ in range(20):
        boxes, scores = boxes_of(rng, 15), rng.permutation(15) / 15
        kept: list[int] = []
        for i in sorted(range(15), key=lambda i: -scores[i]):
            if all(counted(boxes[i], boxes[k]) <= most for k in kept):
                kept.append(i)
        assert page["nms"](boxes, scores, most) == kept


def test_the_five_boxes_end_as_the_table_says(page: Page) -> None:
    boxes = page["five_boxes"]
    assert page["stay"] == [0, 2]
    for column, other in (("to_a", 0), ("to_c", 2)):
        expected = [counted(boxes[other], one) for one in boxes]
        assert page[column].tolist() == pytest.approx(expected)


def test_suppression_loses_a_second_object_that_overlaps_the_first(page: Page) -> None:
    """A and B as two objects: no threshold below their overlap keeps both."""
    boxes, scores = page["five_boxes"][:2], page["five_scores"][:2]
    overlap = counted(*boxes)
    assert page["nms"](boxes, scores, overlap - 0.01) == [0]
    assert page["nms"](boxes, scores, overlap + 0.01) == [0, 1]
    assert len(page["nms"](page["five_boxes"], page["five_scores"], 0.7)) == 5


def test_each_object_is_hit_once_and_by_its_surest_box(page: Page) -> None:
    truths = np.array([(0, 0, 8, 8), (10, 0, 18, 8)])
    boxes = np.array([(1, 0, 9, 8), (0, 0, 8, 8), (10, 1, 18, 9), (20, 20, 28, 28)])
    assert page["matched"](boxes, truths).tolist() == [True, False, True, False]
    assert page["matched"](boxes[1:], truths).tolist() == [True, True, False]
    assert page["matched"](boxes, truths, least=0.8).tolist() == [False, True, False, False]


def area(hits: list[int], objects: int) -> float:
    """Give the area under the best precision ahead, as a sum over thin strips of recall."""
    points, found = [], 0
    for n, hit in enumerate(hits, start=1):
        found += hit
        points.append((found / objects, found / n))
    total, strips = 0.0, 100 * objects
    for strip in range(strips):
        level = (strip + 0.5) / strips
        total += max((p for r, p in points if r >= level), default=0.0) / strips
    return total


def test_average_precision_is_the_area_below_the_best_precision_ahead(page: Page) -> None:
    rng = np.random.default_rng(3)
    for _ in range(50):
        hits = rng.integers(0, 2, size=12)
        objects = int(hits.sum() + rng.integers(1, 4))
        found = page["average_precision"](hits, objects)
        assert found == pytest.approx(area(hits.tolist(), objects), abs=1e-9)


def test_the_three_averages_of_one_curve_differ(page: Page) -> None:
    """The sums of 11 and of 101 recalls, written out."""
    assert page["exact"] == pytest.approx(0.25 * 1 + 0.5 * 0.75)
    assert page["eleven"] == pytest.approx((3 * 1 + 5 * 0.75) / 11)
    assert page["hundred_one"] == pytest.approx((26 * 1 + 50 * 0.75) / 101)


def test_a_voc_evaluation_published_as_code_gives_the_same_average(page: Page) -> None:
    """The steps of PASCAL's later development kits: sentinels, envelope, sum where recall moves."""
    hits = np.array([1, 0, 1, 1, 0, 0])
    recall = np.concatenate([[0.0], np.cumsum(hits) / 4, [1.0]])
    precision = np.concatenate([[0.0], np.cumsum(hits) / np.arange(1, 7), [0.0]])
    for i in range(len(precision) - 2, -1, -1):
        precision[i] = max(precision[i], precision[i + 1])
    moves = np.flatnonzero(recall[1:] != recall[:-1])
    expected = ((recall[moves + 1] - recall[moves]) * precision[moves + 1]).sum()
    assert page["average_precision"](hits, 4) == pytest.approx(expected)


def test_anchors_are_told_what_faster_r_cnn_tells_them(page: Page) -> None:
    target = page["target"].astype(int)
    for anchor, overlap in zip(page["anchors"].values(), page["overlaps"], strict=True):
        assert overlap == pytest.approx(counted(target, np.array(anchor)))
    assert page["moves"] == pytest.approx([1.5 / 12, 0, np.log(13 / 12), 0])


def test_published_counts_of_boxes_come_out(page: Page) -> None:
    assert page["yolo_numbers"] == 7 * 7 * 30
    assert page["yolo_boxes"] == 98
    assert page["ssd_boxes"] == 8732


def test_the_detector_has_the_gradient_that_is_measured(page: Page) -> None:
    rng = np.random.default_rng(4)
    net = {name: rng.normal(size=part[:1].shape) * 0.5 for name, part in page["nets"].items()}
    x, d = rng.normal(size=(1, 1, 3, 8, 8)), rng.normal(size=(1, 3, 11))
    _, kept = page["run"](net, x)
    grad = page["back"](net, kept, d)
    for name, part in net.items():
        for _ in range(6):
            place = tuple(int(rng.integers(n)) for n in part.shape)
            here, sides = part[place], []
            for h in (1e-6, -1e-6):
                part[place] = here + h
                sides.append((page["run"](net, x)[0] * d).sum())
            part[place] = here
            assert (sides[0] - sides[1]) / 2e-6 == pytest.approx(grad[name][place], abs=1e-5)


def test_a_network_side_by_side_scores_as_the_one_that_slides(page: Page) -> None:
    x = np.random.default_rng(5).random((4, 1, 8, 8))
    alone = page["slide"](page["net"], x)[:, :, 0, 0]
    one = {name: part[None] for name, part in page["net"].items()}
    beside = page["run"](one, x.transpose(1, 0, 2, 3)[None])[0][0]
    np.testing.assert_allclose(beside, alone, atol=1e-10)


def test_training_windows_are_named_by_their_overlap(page: Page) -> None:
    rng = np.random.default_rng(6)
    scenes, boxes, names = page["scenes_of"](np.arange(8), rng)
    seen, called = page["windows_of"](scenes, boxes, names, rng)
    assert len(seen) == len(called)
    places: dict[bytes, list[tuple[int, int, int]]] = {}
    for n, scene in enumerate(scenes):
        for y in range(13):
            for x in range(33):
                cut = scene[y : y + 8, x : x + 8].tobytes()
                places.setdefault(cut, []).append((n, x, y))
    for window, name in zip(seen, called, strict=True):
        options = []
        for n, x, y in places[window[0].tobytes()]:
            overlaps = [counted(np.array((x, y, x + 8, y + 8)), b, 40) for b in boxes[n]]
            best = int(np.argmax(overlaps))
            if overlaps[best] > 0.6:
                options.append(names[n][best])
            elif overlaps[best] < 0.5:
                options.append(10)
        assert name in options


def test_every_seed_gains_by_suppression_and_loses_by_a_strict_overlap(page: Page) -> None:
    assert max(page["raw"]) < min(page["clean"])
    assert max(page["strict_ap"]) < min(page["clean"])
    assert page["off_by_one"] == pytest.approx(49 / 79)


def test_the_answers_to_the_exercises(page: Page) -> None:
    assert page["exercise"] == pytest.approx(12 / 36)
    assert page["ap_exercise"] == pytest.approx(2.75 / 4)
    assert page["fit"] == 12
    assert page["naive"] == 1.0
