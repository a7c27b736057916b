"""`worked verify`: what the second run is to differ in."""

import time

from worked.cli.verify import second_environment
from worked.sandbox.confinement import ENVIRONMENT


def test_it_is_another_day_and_hour_in_the_second_run(monkeypatch):
    for hour in range(24):
        now = 1_767_225_600 + 3600 * hour + 1800
        try:
            monkeypatch.setenv("TZ", second_environment(now)["TZ"])
            time.tzset()
            there = time.localtime(now)
        finally:
            monkeypatch.undo()
            time.tzset()
        here = time.gmtime(now)
        assert here.tm_yday != there.tm_yday, hour
        assert here.tm_hour != there.tm_hour, hour
        assert here.tm_min != there.tm_min, hour


def test_nothing_of_the_builders_environment_is_in_the_second_runs():
    added = {"MALLOC_PERTURB_", "PYTHONMALLOC"}
    assert set(second_environment(0)) == set(ENVIRONMENT) | added
