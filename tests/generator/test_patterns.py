"""JavaScript is the judge of a pattern: what it finds, every engine finds by what we hand it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft7Validator
from pydantic_core import SchemaValidator, core_schema

from recordsmith.patterns import (
    NotAPatternError,
    for_linear_engine,
    for_strict_engine,
    matches,
    parse,
)

COMMON = [
    "",
    "a",
    "b",
    "A",
    "0",
    "-",
    "_",
    " ",
    ".",
    "é",
    "\n",
    "\r",
    "\u2028",
    "\x85",
    "aa",
    "a-b",
]
"""What every pattern is asked of, besides its own texts."""

CASES = {
    # literals and escapes
    "": [],
    "abc": ["xabcx", "ab"],
    r"^\.foo$": [".foo", "xfoo", ".foo\n"],
    r"a\/b": ["a/b"],
    r"\^\$\\\.\*\+\?\(\)\[\]\{\}\|": ["^$\\.*+?()[]{}|"],
    r"\t\n\v\f\r": ["\t\n\x0b\x0c\r"],
    r"^\0$": ["\0"],
    r"^\cA\cj$": ["\x01\n"],
    r"^\x41\u0042\u{43}\u{0044}$": ["ABCD"],
    r"^\ud83d\ude00$": ["😀", "😁"],
    r"^\u{1F600}$": ["😀"],
    r"^😀+$": ["😀😀", "😀x"],
    "é": ["É"],
    "a b#c": ["a b#c", "abc"],
    # escapes of Annex B
    r"^a\-b$": ["a-b"],
    r"^\_\@\!\#\%\&\~\ \:\;\"\'\,\=\`$": ["_@!#%&~ :;\"',=`"],
    r"^\<\>$": ["<>"],
    r"^\a\Z\A\z\h\G$": ["aZAzhG"],
    r"^\é$": [],
    # braces and brackets of Annex B
    "^a{,3}$": ["a{,3}", "aaa"],
    "^x{$": ["x{"],
    "^{a}$": ["{a}"],
    "^a{1$": ["a{1"],
    "^]}$": ["]}"],
    "^{{.*}}$": ["{{x}}", "{{\n}}"],
    # any character
    "^.$": ["\u2029", "😀", "\x0b"],
    "^.+$": ["a\rb", "a\nb"],
    "^x-.*$": ["x-", "x-a\u2028", "x-é"],
    # shorthands
    r"^\d$": ["7", "٣"],
    r"^\D$": ["7", "٣"],
    r"^\w$": ["Z", "\u017f", "\u212a"],
    r"^\W$": ["Z", "\u017f", "\u212a", "😀"],
    r"^\s$": ["\t", "\x0b", "\xa0", "\u1680", "\u180e", "\u2003", "\u202f", "\u3000", "\ufeff"],
    r"^\S$": ["\t", "\x1c", "\xa0", "\u180e", "\u200b", "\ufeff"],
    r"^[\d]$": ["7", "٣"],
    r"^[^\d]$": ["7", "٣"],
    r"^[\D]$": ["7", "٣"],
    r"^[\W_]$": ["٣", "Z"],
    r"^[^\W]$": ["Z", "\u017f"],
    r"^[\s\d]$": ["\ufeff", "7"],
    r"^[^\s]+$": ["a\ufeffb", "a\x85b", "a b"],
    r"^[\s\S]*$": ["a\nb\u2028"],
    r"^[\d\D]$": ["😀"],
    r"^[\S\n]+$": ["a\nb", "a\tb"],
    r"^\d{4}-\d{2}-\d{2}$": ["2024-01-31", "2024-1-31", "٢٠٢٤-01-31"],
    # classes
    "^[a-z]+(-[a-z]+)*$": ["a-bc-d", "a--b", "A-b"],
    r"^[\w-.]$": ["x"],
    r"^[a-\d]$": ["5"],
    r"^[\d-\w]$": ["x"],
    r"^[\w-]+$": ["a-b_c"],
    "^[a-z-_]$": ["m", "~"],
    "^[a-z-9]$": ["9", "5"],
    "^[+--]$": ["+", ",", "~"],
    "^[--a]$": ["A", ","],
    "^[--]$": [],
    "^[a-]$": [],
    "^[-a]$": [],
    "^[^-a]$": [],
    r"^[a\-z]$": ["m", "z"],
    "^[a&&b]$": ["&"],
    "^[&&&]$": ["&"],
    "^[!-&&]$": ["&", "%"],
    "^[~~a]$": ["~"],
    "^[[a]$": ["["],
    "^[[:alpha:]]$": ["a]", ":]", "x"],
    "^[a[b]]$": ["a]", "[]"],
    r"^[\]\[\\^]$": ["]", "[", "\\", "^"],
    "^[^^]$": ["^"],
    "^[.*+?(){}|$/]$": ["*", "(", "$", "/", "x"],
    r"^[\b]$": ["\x08"],
    r"^[\B]$": ["B"],
    r"^[\0\cA\t]$": ["\0", "\x01", "\t"],
    r"^[\u{1F600}-\u{1F64F}]$": ["😀", "🚀"],
    r"^[\ud83d\ude00-\ud83d\ude4f]$": ["😀", "🚀"],
    "^[😀-😏é]$": ["😀", "🚀"],
    r"^[\x00-\x1f]$": ["\x1f"],
    r"^[^\x00-\x7f]$": ["😀", "\x7f"],
    r"^[ -~]+$": ["a b~", "\x7f"],
    r"^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$": ["a!#~", "a b"],
    "a[]|b": ["a]"],
    "^[^]$": ["😀"],
    # properties
    r"^\p{L}+$": ["aéß", "a1"],
    r"^\P{L}$": ["1"],
    r"^[\p{Lu}\p{Nd}_-]+$": ["A٣_-", "a"],
    r"^[^\p{L}\d]$": ["٣", "x"],
    r"^\p{Script=Greek}$": ["\u03b1"],
    r"^\p{sc=Grek}\p{scx=Latin}$": ["\u03b1a"],
    r"^\p{Uppercase}\p{General_Category=Decimal_Number}\p{gc=Nd}$": ["A1٣"],
    r"^\p{ASCII}\p{Any}\p{Alphabetic}$": ["a\nb"],
    # places
    "^a$": ["a\n", "\na"],
    "a|^b": ["cb", "ca"],
    "(^|x)a($|y)": ["xay", "bay"],
    r"\ba": ["éa", "xa", "-a"],
    r"a\b": ["aé", "ax"],
    r"\bé\b": [],
    r"a\B": ["aé", "ax"],
    r"\B": ["é", "ab", "é😀"],
    r"^\Bé\B$": [],
    r"(?:\b|x)+$": ["a x"],
    # groups and repeats
    "(a|b)(?:c|d)": ["ad", "ab"],
    "^(?<year>[0-9]{4})$": ["2024"],
    "^(?<é>a)(?<$b>b)$": ["ab"],
    "^(|a)b?$": ["ab"],
    "^()$": [],
    "^a||b$": ["c"],
    "^a*?b+?c??$": ["aabbc"],
    "^a{2}b{1,}c{0,2}$": ["aabccc", "aabcc"],
    r"^[0-9]+(\.[0-9]+)?[0-9]+$": ["1", "12", "1.22", "1.2"],
    "(?:ab)+c{0,2}(?:ab)+": ["ab", "abab", "abccab"],
    "a+(?:b*?)a+": ["a", "aa", "abba"],
    "^(a{2}){2}$": ["aaaa", "aaa"],
    "^(?:a?){3}$": ["aaa", "aaaa"],
    "^(a|ab)(c|bcd)(d*)$": ["abcd"],
    "^(a*)*$": ["aab"],
    "^(?:)*a(?:){2}$": [],
    "^(?:^)*a(?:$)+$": [],
    "^((a)|b)*$": ["abab"],
    # looking around
    r"^(?=.*\d)(?=.*[a-z]).{3,}$": ["ab1", "abc", "ab٣"],
    r"^(?!.*--)[a-z-]+$": ["a-b-c", "a--b"],
    r"^(?!\s)[\w\W]+(?<!\s)$": ["a b", " a", "a\ufeff"],
    r"(?=.)[\D_]$": ["a", "7"],
    r"(?=.)[\W]$": ["a", "٣"],
    r"(?=.)[^\S]$": ["\xa0", "\x85"],
    r"(?=.)[\cA]|(?=.)\cB": ["\x01", "\x02"],
    "(?=[a&&b])": ["&"],
    "(?=.)[[a]": ["["],
    "(?<=a|bc)d": ["ad", "bcd", "cd"],
    "(?<!a|bc)d": ["ad", "bcd", "cd"],
    "(?<=a+)b": ["aab", "cb"],
    r"(?<=\bx)a": ["xa", "éxa", "yxa"],
    "(?<=^|-)a": ["ba"],
    "(?=a)*b": [],
    "(?:(?=a))?b": [],
    "(?:(?=a)){2}a": [],
    "((?=a)|b)*c": ["bac"],
    "(?!)|b": [],
    # back-references
    r"^(a|b)\1$": ["bb", "ab"],
    r"^(?<q>['-])a\k<q>$": ["-a-", "'a-"],
    r"^(?<x>a)\k<x>0$": ["aa0"],
    r"\1(a)": [],
    r"^(a)?\1$": [],
    r"^(?:(a)|b)\1$": ["aa", "ba"],
    r"^(?:(a)|b|\1c)+$": ["abc", "aac", "ac"],
    r"^(a*)+b\1$": ["aabaa", "aab"],
    r"(?=(a+))\1b": ["aab", "aac"],
    r"(?=(a+))\1ab": ["aab"],
    r"(?<=\1(a|b))c": ["aac", "bac"],
    r"(?<=(\d+)(\d+))x\1$": ["123x1", "123x12"],
    r"^(?:(?=(a))a|b)+\1$": ["aba", "ab"],
    r"(?!(a)b)\1a": [],
    # flags
    "(?i)^abc$": ["ABC", "aBc"],
    "(?i)^sk$": ["SK", "\u017f\u212a"],
    "(?i)^[a-f]$": ["F", "g"],
    "(?i)^[^a-f]$": ["F", "g"],
    r"(?i)^\w$": ["\u017f", "\u212a", "ß"],
    r"(?i)^\W$": ["\u017f", "s", "ß"],
    r"(?i)^[\w-]$": ["\u017f"],
    r"(?i)^[\W_]$": ["\u017f", "S"],
    "(?i)^\u03c3[\u03b1-\u03c9]$": ["\u03c2\u03a9", "\u03a3a"],
    "(?i)^ßǆ$": ["\u1e9eǅ"],
    "(?i)^[k-]$": ["\u212a", "K"],
    r"(?i)s\b": ["x\u017f", "\u017fx"],
    r"(?i)\p{Lu}": ["ä"],
    r"(?i)\P{Lu}": ["Ä"],
    r"(?i)^(s)\1$": ["sS", "S\u017f"],
    "(?s)^.$": ["😀"],
    "(?m)^b$": ["a\nb", "a\u2028b\rc", "ab"],
    "(?m)b": ["a\nb"],
    "(?im)^B$": ["a\nb"],
}

NOT_LINEAR = {
    pattern
    for pattern in CASES
    if re.search(r"\(\?<?[=!]|\\[1-9k]", pattern)
    or pattern in (r"(?i)s\b", r"(?i)\P{Lu}", "(?m)^b$", "(?im)^B$")
}
NOT_STRICT = {
    r"(?<=\bx)a",
    r"\1(a)",
    r"^(a)?\1$",
    r"^(?:(a)|b)\1$",
    r"^(?:(a)|b|\1c)+$",
    r"^(a*)+b\1$",
    r"(?<=\1(a|b))c",
    r"(?<=(\d+)(\d+))x\1$",
    r"^(?:(?=(a))a|b)+\1$",
    r"(?!(a)b)\1a",
    r"(?i)^[\W_]$",
    r"(?i)\p{Lu}",
    r"(?i)\P{Lu}",
    r"(?i)^(s)\1$",
}

ATOMS = [
    *("a", "b", "k", "\u017f", "é", "😀", "-", "&", "~", " ", "{", "}", "]", "x{", ".", "^", "$"),
    *(r"\d", r"\D", r"\w", r"\W", r"\s", r"\S", r"\b", r"\B", r"\p{L}", r"\P{Lu}", r"\1", r"\2"),
    *(r"\.", r"\-", r"\/", r"\a", r"\_", r"\<", r"\0", r"\cA", r"\x61", r"\u0061", r"\ud83d\ude00"),
    *("[]", "[^]", "[ab]", "[^a]", "[a-z-_]", "[&&a]", "[a--]", "[+--]", "[[a]", "[~~]"),
    *(
        r"[\w-.]",
        r"[\W_]",
        r"[\D\S]",
        r"[^\s]",
        r"[\s\S]",
        r"[\p{Lu}-]",
        r"[\b]",
        "[\u03b1-\u03c9]",
    ),
]
REPEATS = ["*", "+", "?", "{2}", "{0,2}", "{1,}", "*?", "+?", "??", "{0}"]
OPENINGS = ["(", "(", "(?:", "(?:", "(?<n>", "(?=", "(?!", "(?<=", "(?<!"]
FLAGS = ["", "", "", "(?i)", "(?s)", "(?m)", "(?im)"]
LETTERS = "aabbkK\u212a\u017fsé -_.1\n\r\u2028\x85\ufeff😀AB[&{}]/\x01\0\x08٣\u03c3\u03c2\u03a3~^"
BUDGET = 1000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What JavaScript says of a pattern; `is_strict` where it takes it with the `u` flag."""

    is_strict: bool
    found: dict[str, bool]


Verdicts = dict[str, Verdict | None]

NODE = r"""
function isFound(pattern, flags, text) {
  const expression = new RegExp(pattern, flags + "y");
  for (let at = 0; at <= text.length; at++) {
    // V8 would also start between the halves of a surrogate pair, which ECMA-262 does not.
    if (flags.includes("u") && at > 0 && text.codePointAt(at - 1) > 0xffff) continue;
    expression.lastIndex = at;
    if (expression.test(text)) return true;
  }
  return false;
}
function verdict([pattern, texts]) {
  const [, leading = "", rest] = /^(?:\(\?([ims]+)\))?(.*)$/s.exec(pattern);
  for (const flags of [leading + "u", leading]) {
    try { new RegExp(rest, flags); } catch { continue; }
    const isStrict = flags.includes("u");
    // Without the flag, what is beyond the BMP is two characters.
    const known = texts.filter((text) => isStrict || !/[\ud800-\udfff]/.test(text));
    return [isStrict, Object.fromEntries(known.map((text) => [text, isFound(rest, flags, text)]))];
  }
  return null;
}
const questions = JSON.parse(require("fs").readFileSync(0, "utf-8"));
console.log(JSON.stringify(questions.map(verdict)));
"""


def asked(questions: dict[str, list[str]]) -> Verdicts:
    """The verdicts of Node.js on patterns and their texts."""
    if not shutil.which("node"):
        pytest.skip("node is not installed, so JavaScript cannot be asked about patterns")
    command = ["node", "-e", NODE]
    answer = subprocess.run(
        command, input=json.dumps([*questions.items()]), capture_output=True, text=True, check=True
    )
    verdicts = (said and Verdict(*said) for said in json.loads(answer.stdout))
    return dict(zip(questions, verdicts, strict=True))


def closed(tokens: list[str]) -> str:
    """The tokens with a parenthesis for each parenthesis; each name stands once."""
    text, depth = "", 0
    for at, token in enumerate(tokens):
        if depth or not token.startswith(")"):
            text += token.replace("<n>", f"<n{at}>")
            depth += token.startswith("(") - token.startswith(")")
    return text + ")" * depth


@cache
def made() -> dict[str, list[str]]:
    """Patterns made of all that there is, and texts for each; always the same."""
    token = st.one_of(
        st.sampled_from(ATOMS),
        st.builds(
            "{}{}".format, st.sampled_from(["a", ".", ")", *ATOMS]), st.sampled_from(REPEATS)
        ),
        st.sampled_from(["|", ")", *OPENINGS]),
    )
    tokens = st.lists(token, min_size=1, max_size=12).map(closed)
    flagged = st.builds("{}{}".format, st.sampled_from(FLAGS), tokens)
    texts = st.lists(st.text(LETTERS, max_size=6), min_size=8, max_size=8, unique=True)
    found: dict[str, list[str]] = {}

    @settings(
        max_examples=BUDGET,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(flagged, texts)
    def gather(pattern: str, texts: list[str]) -> None:
        found[pattern] = texts

    gather()
    return found


def is_pattern(pattern: str) -> bool:
    try:
        parse(pattern)
    except NotAPatternError:
        return False
    return True


@pytest.fixture(scope="session")
def verdicts() -> Verdicts:
    """What JavaScript says of all patterns here, and of what they become for strict engines."""
    questions: defaultdict[str, list[str]] = defaultdict(list)
    for pattern, texts in (made() | {case: [*own, *COMMON] for case, own in CASES.items()}).items():
        questions[pattern] += texts
        spelling = for_strict_engine(pattern) if is_pattern(pattern) else None
        if spelling not in (None, pattern):
            questions[str(spelling)] += texts
    return asked(questions)


def found(pattern: str, verdicts: Verdicts) -> dict[str, bool]:
    """In which texts JavaScript finds the pattern."""
    verdict = verdicts[pattern]
    assert verdict is not None
    return verdict.found


def strictly(pattern: str, verdicts: Verdicts) -> dict[str, bool]:
    """In which texts JavaScript finds it with the `u` flag."""
    verdict = verdicts[pattern]
    assert verdict is not None
    assert verdict.is_strict
    return verdict.found


def differences(found: dict[str, bool], judge: Callable[[str], bool]) -> list[str]:
    """The texts of which a judge thinks otherwise."""
    return [text for text, is_found in found.items() if judge(text) != is_found]


def in_pydantic(pattern: str) -> Callable[[str], bool]:
    return SchemaValidator(core_schema.str_schema(pattern=pattern)).isinstance_python


def in_jsonschema(pattern: str) -> Callable[[str], bool]:
    return Draft7Validator({"pattern": pattern}).is_valid


every_case = pytest.mark.parametrize("pattern", CASES, ids=ascii)


@every_case
def test_a_pattern_is_found_where_javascript_finds_it(pattern: str, verdicts: Verdicts) -> None:
    assert differences(found(pattern, verdicts), lambda text: matches(pattern, text)) == []


@every_case
def test_pydantic_finds_what_javascript_finds(pattern: str, verdicts: Verdicts) -> None:
    spelling = for_linear_engine(pattern)

    assert (spelling is None) == (pattern in NOT_LINEAR)
    if spelling is not None:
        assert differences(found(pattern, verdicts), in_pydantic(spelling)) == []


@every_case
def test_a_strict_engine_finds_what_javascript_finds(pattern: str, verdicts: Verdicts) -> None:
    spelling = for_strict_engine(pattern)

    assert (spelling is None) == (pattern in NOT_STRICT)
    if spelling is not None:
        assert differences(found(pattern, verdicts), in_jsonschema(spelling)) == []


@every_case
def test_a_strict_spelling_is_the_same_to_javascript(pattern: str, verdicts: Verdicts) -> None:
    spelling = for_strict_engine(pattern)

    if spelling is not None:
        assert strictly(spelling, verdicts).items() >= found(pattern, verdicts).items()


def test_of_the_patterns_that_are_made_those_are_taken_that_javascript_takes(
    verdicts: Verdicts,
) -> None:
    taken = {pattern for pattern in made() if is_pattern(pattern)}

    assert {pattern for pattern in taken if not verdicts[pattern]} == set()
    refused = [verdicts[pattern] for pattern in made().keys() - taken]
    assert [verdict for verdict in refused if verdict and verdict.is_strict] == []


@pytest.mark.parametrize(
    ("spell", "judge"),
    [
        (str, lambda pattern: lambda text: matches(pattern, text)),
        (for_linear_engine, in_pydantic),
        (for_strict_engine, in_jsonschema),
    ],
    ids=["ours", "pydantic", "jsonschema_rs"],
)
def test_every_pattern_that_is_made_is_found_where_javascript_finds_it(
    spell: Callable[[str], str | None],
    judge: Callable[[str], Callable[[str], bool]],
    verdicts: Verdicts,
) -> None:
    spellings = {pattern: spell(pattern) for pattern in comparable(verdicts)}
    said = {pattern: spelling for pattern, spelling in spellings.items() if spelling is not None}

    assert len(said) > BUDGET / 5
    wrong = {
        pattern: differences(found(pattern, verdicts), judge(spelling))
        for pattern, spelling in said.items()
    }
    assert {pattern: texts for pattern, texts in wrong.items() if texts} == {}


def test_every_pattern_that_is_made_strict_is_the_same_to_javascript(verdicts: Verdicts) -> None:
    spellings = {pattern: for_strict_engine(pattern) for pattern in comparable(verdicts)}

    for pattern, spelling in spellings.items():
        if spelling is not None:
            assert strictly(spelling, verdicts).items() >= found(pattern, verdicts).items(), pattern


def comparable(verdicts: Verdicts) -> Iterable[str]:
    """The made patterns that mean the same to JavaScript with the `u` flag and without it."""
    for pattern in made():
        verdict = verdicts[pattern]
        by_code_unit = "😀" in pattern or r"\u" in pattern or r"\p" in pattern.lower()
        folds = pattern.startswith(("(?i)", "(?im)"))
        if is_pattern(pattern) and verdict and (verdict.is_strict or not (by_code_unit or folds)):
            yield pattern


@pytest.mark.parametrize(
    "pattern",
    [
        "^[a-z]+(-[a-z]+)*$",
        r"^\.foo$",
        r"^(?:[A-Z][a-z0-9]*)+(?<tail>_v[0-9]{1,3})?$",
        r"^[A-Za-z0-9_.\-]{1,64}$",
        r"^[^\x00-\x1f\u007f\\]*$",
        "^[a-z-_]+?$",
        "^P(?:[0-9]+D)?(?:T(?:[0-9]+H)?)?$",
        r"^\p{Lu}[\p{L}é ]*$",
    ],
)
def test_a_pattern_that_all_read_alike_keeps_its_spelling(pattern: str) -> None:
    assert for_linear_engine(pattern) == pattern
    assert for_strict_engine(pattern) == pattern


@pytest.mark.parametrize(
    ("pattern", "linear", "strict"),
    [
        (r"\d+\/[\d_]", "[0-9]+/[0-9_]", r"\d+\/[\d_]"),
        (r"[\w-.]\-", r"[0-9A-Za-z_\-.]\-", r"[\w\-.]-"),
        ("a.", r"a[^\n\r\u2028\u2029]", r"a[^\n\r\u2028\u2029]"),
        ("a{,3}]", r"a\{,3}]", r"a\{,3\}\]"),
        ("[[a&&b--]", None, None),
        ("[[a&&b]", r"[\[a&\&b]", "[[a&&b]"),
        (r"\a\0\cA\ud83d\ude00", r"a\x00\x01\u{1f600}", r"a\x00\x01\u{1f600}"),
        ("(?i)ak[^x-z_-]", r"(?i)ak[^x-z_-]", r"[aA][kK\u212a][^x-z_\-X-Z]"),
        (r"(?<a>x)\k<a>", None, r"(?<a>x)(?:\1)"),
        (r"(?=\d)\D", None, "(?=[0-9])[^0-9]"),
        (r"\ba", r"(?-u:\b)a", None),
        ("[]|[^]", r"[^\s\S]|[\s\S]", r"[^\s\S]|[\s\S]"),
        ("(?s).", "(?s).", r"[\s\S]"),
        ("(?<é>a)", "(a)", "(a)"),
    ],
)
def test_only_what_differs_is_spelt_otherwise(
    pattern: str, linear: str | None, strict: str | None
) -> None:
    assert linear is None or for_linear_engine(pattern) == linear
    assert strict is None or for_strict_engine(pattern) == strict


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("(", 0),
        ("a(b", 1),
        ("a)", 1),
        ("[b-a]", 1),
        ("[a", 0),
        ("[a-", 0),
        ("*a", 0),
        ("a**", 2),
        ("a{2}{3}", 4),
        ("{1}", 0),
        ("^*", 1),
        (r"\b+", 2),
        ("(?<=a)*", 6),
        ("a{2,1}", 1),
        (f"a{{{'9' * 5000}}}", 1),
        ("(?P<x>a)", 0),
        ("(?>a)", 0),
        ("(?#a)", 0),
        ("(?x)a", 0),
        ("a(?i)b", 1),
        ("(?-:a)", 0),
        ("(?<1>a)", 0),
        ("(?<a>b)|(?<a>c)", 0),
        ("\\", 0),
        (r"\1", 0),
        (r"(a)\2", 3),
        (r"[\1]", 1),
        (r"\01", 0),
        (r"\k<a>", 0),
        (r"\c", 0),
        (r"\x1", 0),
        (r"\u12", 0),
        (r"\u{110000}", 0),
        (r"\pL", 0),
        (r"\p{letter}", 0),
        (r"[\p{Script=Klingon}]", 1),
        ("(?:" * 60 + ")" * 60, 150),
    ],
    ids=lambda value: ascii(value)[:20],
)
def test_what_is_no_pattern_is_refused_where_it_goes_wrong(text: str, offset: int) -> None:
    for read in (parse, for_linear_engine, for_strict_engine):
        with pytest.raises(NotAPatternError) as refused:
            read(text)

        assert refused.value.offset == offset
        assert refused.value.sentence.startswith(("`", "the groups", "more than"))


@pytest.mark.parametrize(
    ("modified", "plain"),
    [
        ("^(?i:a)b$", "^[aA]b$"),
        ("^(?s:.).$", r"^[\s\S].$"),
        ("(?i)^a(?-i:b)$", "^[aA]b$"),
        ("^(?i:(a|b)c)$", "^([aA]|[bB])[cC]$"),
    ],
)
def test_a_modifier_holds_within_its_group(modified: str, plain: str) -> None:
    texts = ["ab", "Ab", "AB", "\nb", "\n\n", "bc", "BC"]
    linear, strict = for_linear_engine(modified), for_strict_engine(modified)

    assert linear
    assert strict
    for judge in (in_pydantic(linear), in_jsonschema(strict), lambda text: matches(modified, text)):
        assert [judge(text) for text in texts] == [matches(plain, text) for text in texts]


@pytest.mark.parametrize(
    "pattern",
    ["a{1000000}", r"\p{L}{1,5000}", "(.{100}){100}", r"(\S{1,300}){1,300}", "(?:){9999999}"],
)
def test_what_takes_too_much_room_is_not_said(pattern: str) -> None:
    assert (for_linear_engine(pattern), for_strict_engine(pattern)) == (None, None)


@pytest.mark.parametrize(
    "atom",
    ["a", "é", "[a-z]", "[A-Za-z0-9+/=]", ".", r"\w", r"\W", r"\s", r"\S", r"\p{L}", "(a|b?)"],
)
@pytest.mark.parametrize("flags", ["", "(?i)"])
def test_what_is_said_is_not_too_much_for_its_engine(flags: str, atom: str) -> None:
    def at_most(spell: Callable[[str], str | None], low: int = 1, high: int = 1_000_000) -> str:
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if spell(f"{flags}^{atom}{{0,{middle}}}$") else (low, middle)
        return spell(f"{flags}^{atom}{{0,{low}}}$") or "(?!)"

    if not (flags and atom == r"\p{L}"):
        assert in_jsonschema(at_most(for_strict_engine))("")
    assert in_pydantic(at_most(for_linear_engine))("")


@pytest.mark.parametrize(
    "pattern", ["^(a+)+$", "^(a|aa)+$", "(x+x+)+y", r"^(\w+\s?)*$", "^(a?){50}b$"]
)
def test_no_pattern_takes_exponential_time(pattern: str) -> None:
    assert not matches(pattern, f"{'a' * 60}{'x' * 60}!")


def test_a_long_text_is_no_deeper_than_its_pattern() -> None:
    assert matches("^(?:a|b)*$", "ab" * 2000)


def test_half_a_surrogate_pair_is_in_no_text() -> None:
    for pattern in (r"\ud800", r"[\ud800-\udfff]"):
        assert (for_linear_engine(pattern), for_strict_engine(pattern)) == (None, None)
