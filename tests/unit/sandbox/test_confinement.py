"""Which confinement a build takes."""

import pytest

from worked.sandbox import confinement as confine
from worked.sandbox.confinement import NO_CONFINEMENT, Confinement, choose

ONLY_LIMITS = Confinement()
FULL = Confinement(limits=True, landlock=7, seccomp=True)


def test_auto_takes_the_strongest():
    assert choose("auto", floor="", able=FULL) == FULL
    assert choose("auto", floor="limited", able=FULL) == FULL


def test_auto_says_what_it_lacks():
    chosen = choose("auto", floor="", able=ONLY_LIMITS)
    assert chosen.level == "limited (limits; no landlock; no seccomp)"
    chosen = choose("auto", floor="", able=Confinement(True, 0, True))
    assert chosen.level == "limited (seccomp, limits; no landlock)"


@pytest.mark.parametrize(
    "able", [Confinement(), Confinement(True, 7, False), Confinement(True, 0, True)]
)
@pytest.mark.parametrize(("option", "floor"), [("isolated", ""), ("off", "isolated")])
def test_isolated_refuses_where_it_cannot_be_had(option, floor, able):
    with pytest.raises(confine.ConfigError, match=f"no {' and no '.join(able.lacks)}"):
        choose(option, floor=floor, able=able)


@pytest.mark.parametrize("option", ["off", "limited", "auto"])
def test_no_configuration_goes_below_the_floor(option):
    assert choose(option, floor="isolated", able=FULL).mode == "isolated"
    assert choose(option, floor="limited", able=FULL).mode != "off"


def test_a_floor_lowers_nothing():
    assert choose("isolated", floor="off", able=FULL).mode == "isolated"


def test_an_unknown_choice_is_an_error():
    with pytest.raises(confine.ConfigError, match=r"'strict'.*off, limited, auto, isolated"):
        choose("auto", floor="strict", able=FULL)


def test_off_is_said():
    assert choose("off", floor="", able=FULL).level == "confinement off"


@pytest.mark.parametrize("chosen", [FULL, ONLY_LIMITS, NO_CONFINEMENT])
def test_it_goes_through_a_command_line(chosen):
    assert Confinement.parse(chosen.arguments()) == chosen
