"""Where the kernel can hold the limits of threads and files, it does; nobody has to look."""

import os

import pytest

from worked import limits
from worked.pool.process import ForkServer
from worked.protocol.messages import AS_IT_IS, Job, Task
from worked.sandbox import own_mounts, probe, watch_threads

ABLE = probe()

pytestmark = pytest.mark.skipif(
    ABLE.mode != "isolated", reason=f"needs Linux with Landlock and seccomp; here: {ABLE.level}"
)

THREADS = """
import _thread, time
started = 1
try:
    while True:
        _thread.start_new_thread(time.sleep, (99,))
        started += 1
except RuntimeError:
    print(started)
"""
AT_ONCE = """
import ctypes, threading
libc = ctypes.CDLL(None)  # lets go of the interpreter's lock: all of them ask at once
attributes = ctypes.create_string_buffer(64)
libc.pthread_attr_init(attributes)
libc.pthread_attr_setstacksize(attributes, ctypes.c_size_t(16384))
thread, started = ctypes.c_ulong(), [0] * 20

def start(number):
    all_there.wait()
    for _ in range(200):
        given = ctypes.byref(thread), attributes, libc.sleep, ctypes.c_void_p(99)
        started[number] += libc.pthread_create(*given) == 0
    all_there.wait()  # a thread that ends leaves room for another

all_there = threading.Barrier(20)
starters = [threading.Thread(target=start, args=(number,)) for number in range(20)]
for starter in starters:
    starter.start()
for starter in starters:
    starter.join()
print(1 + len(starters) + sum(started))
"""


def is_true_in_a_child(ask):
    child = os.fork()
    if not child:
        try:
            os._exit(not ask())
        finally:
            os._exit(1)
    return os.waitpid(child, 0)[1] == 0


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Run one cell: what it printed, or why its page ended."""
    worker = ForkServer(tmp_path_factory.mktemp("scratch"), confinement=ABLE)

    def cell(code, packages=()):
        task = Task(code=code, line=1, show=True, options=AS_IT_IS, timeout=120.0, values=())
        outcome = worker.run(Job("docs/a.md", (task,), packages=packages, files=(), scratch=""))
        for message in outcome.messages:
            if message["frame"] == "cell":
                return message["result"]["outputs"][0]["text"]
            if message["frame"] == "problem":
                return message["message"]
        return outcome.ending

    yield cell
    worker.close()


@pytest.mark.parametrize("code", [THREADS, AT_ONCE])
def test_no_thread_begins_beyond_the_limit(code, run):
    if not is_true_in_a_child(lambda: watch_threads() >= 0):
        pytest.skip("another filter of this process reports its calls")
    assert run(code) == f"{limits.MAX_THREADS}\n"


def test_the_folder_of_a_page_is_a_file_system_of_limited_size(run):
    if not is_true_in_a_child(own_mounts):
        pytest.skip("this user may not mount anything here")
    code = "import os\nfound = os.statvfs('.')\nprint(found.f_blocks * found.f_frsize)"
    assert run(code) == f"{limits.MAX_DISK}\n"
    code = """
count = 0
try:
    while True:
        open(str(count), "w").close()
        count += 1
except OSError as error:
    print(count, error.strerror)
"""
    assert run(code) == f"{limits.MAX_FILES} No space left on device\n"
    assert run("import os\nprint(os.listdir())") == "[]\n"


def test_a_page_has_the_user_and_the_rights_of_the_build_but_no_more(run):
    assert run("import os\nprint(os.getuid(), os.geteuid())") == f"{os.getuid()} {os.geteuid()}\n"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root reads what others own")
def test_root_builds_notes_in_the_folder_of_another_user(run, tmp_path):
    package = tmp_path / "tools"
    package.mkdir()
    (package / "__init__.py").write_text("answer = 42")
    for path in (package, package / "__init__.py"):
        os.chown(path, 65534, 65534)
        path.chmod(0o700)
    code = "import tools\nprint(tools.answer)"
    assert run(code, packages=(("tools", str(package)),)) == "42\n"
