"""What must be the same on every machine that runs pages of a build."""

import numpy as np

from worked.pool import facts
from worked.pool.runner import Outcome
from worked.versions import InstalledModules


def test_this_machine_does_not_differ_from_itself():
    own = facts.own_facts()
    assert own["numpy"] == np.__version__
    assert all(own.values())
    assert facts.differing_facts(own, facts.own_facts()) == []


def test_everything_that_differs_is_named_with_what_it_is_on_both_sides():
    here, there = {"a": "1", "b": "2", "c": "x" * 64}, {"b": "3", "c": "y" * 64, "d": "4"}
    assert facts.differing_facts(here, there) == [
        "a 1 here, missing there",
        "b 2 here, 3 there",
        "c xxxxxxxxxxxx… here, yyyyyyyyyyyy… there",
        "d missing here, 4 there",
    ]


def test_modules_that_a_page_has_loaded_or_lacked_count_as_used():
    needs = {"files": [], "folders": [], "modules": ["numpy"]}
    said = "No module named 'yaml.nodes'"
    outcome = Outcome(({"frame": "cell", "needs": needs}, {"frame": "problem", "message": said}))
    assert facts.loaded_modules(outcome) == {"numpy", "yaml"}
    versions = facts.used_versions(facts.loaded_modules(outcome), InstalledModules())
    assert set(versions) == {"numpy", "PyYAML"}


def test_messages_of_another_form_name_no_modules():
    forged = Outcome(
        ({"needs": 1}, {"needs": {"modules": [1]}}, {"frame": "problem", "message": 1})
    )
    assert facts.loaded_modules(forged) == set()
