"""A style sheet gets smaller, and says the same."""

import re
import runpy
from pathlib import Path

import pytest

HOOK = runpy.run_path(
    str(Path(__file__).resolve().parents[3] / "plugins" / "hooks" / "stylesheet.py"),
    run_name="stylesheet",
)
NEVER = re.compile("never")


@pytest.mark.parametrize(
    ("css", "shorter"),
    [
        ("a {\n  color: red;\n}\n/* b { } */", "a{color: red}"),
        ("a :is(b, c) > d { margin: 0 auto }", "a :is(b,c)>d{margin: 0 auto}"),
        ('a::before { content: "{ /* ; */ }  x" }', 'a::before{content: "{ /* ; */ }  x"}'),
        (
            "a { b: url('data:image/svg+xml,<svg viewBox=\"0 0 2 2\"/>') }",
            "a{b: url('data:image/svg+xml,<svg viewBox=\"0 0 2 2\"/>')}",
        ),
        ("a { width: calc(1px + 2px) }", "a{width: calc(1px + 2px)}"),
    ],
)
def test_comments_and_spaces_go_and_strings_stay(css, shorter):
    assert HOOK["small"](css) == shorter


def test_rules_are_read_with_what_stands_in_strings():
    css = '@import "a";b{c:"}"}@media print{d{e:f}g{h:i}}'
    read = [(rule.head, rule.body) for rule in HOOK["rules"](css)]
    assert read == [('@import "a";', None), ("b", 'c:"}"'), ("@media print", "d{e:f}g{h:i}")]
    assert "".join(map(str, HOOK["rules"](css))) == css


def test_a_rule_stays_when_one_of_its_selectors_can_match():
    css = ".a .b,.a:not(.c){d:e}.b{f:g}@media print{.a{h:i}.c{j:k}}@media print{.c{l:m}}"
    kept = HOOK["usable"](css, {"a"}, NEVER)
    assert kept == ".a:not(.c){d:e}@media print{.a{h:i}}"


def test_what_never_matches_goes_and_what_is_no_selector_stays():
    css = "[never] a,b{c:d}@font-face{e:f}@keyframes g{from{h:i}}"
    assert HOOK["usable"](css, set(), NEVER) == "b{c:d}@font-face{e:f}@keyframes g{from{h:i}}"


def test_variables_that_nobody_names_go_with_those_that_they_name():
    css = ":root{--md-a:var(--md-b);--md-b:1;--md-c:2;--fig-d:3}e{f:var(--md-c)}"
    kept = HOOK["without_unused_variables"](css, "")
    assert kept == ":root{--md-c:2;--fig-d:3}e{f:var(--md-c)}"
    assert "--md-b" in HOOK["without_unused_variables"](css, 'set("--md-a")')


def test_a_page_without_a_scheme_follows_the_device():
    css = '[s="light"]{a:b}[s="dark"] i{c:d}[s="light"],[s="dark"]{e:f}'
    written = HOOK["followed"](css, light='[s="light"]', dark='[s="dark"]', device='[s="device"]')
    assert written == (
        '[s="light"],[s="device"]{a:b}'
        '[s="dark"] i{c:d}@media (prefers-color-scheme:dark){[s="device"] i{c:d}}'
        '[s="light"],[s="dark"],[s="device"]{e:f}'
    )


def test_addresses_lead_from_the_new_place():
    css = "a{b:url(\"c.woff2\");d:url('data:x');e:url(f.svg)}"
    assert (
        HOOK["moved"](css, "../g") == "a{b:url(\"../g/c.woff2\");d:url('data:x');e:url(../g/f.svg)}"
    )
