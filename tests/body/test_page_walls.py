"""Signs of walls: what spares the search for their words must not lose any of them."""

import re._constants as codes
import re._parser as parser

from scraper.body.kinds.page_walls import _ERROR, _may_be_error


def forms(parsed):
    """Return texts that a pattern matches: every alternative, what is optional both left out and written once."""
    found = [""]
    for code, value in parsed:
        match code:
            case codes.LITERAL:
                parts = [chr(value)]
            case codes.IN:
                first, what = value[0]
                parts = [chr(what[0] if first is codes.RANGE else what) if first is not codes.CATEGORY else ""]
            case codes.BRANCH:
                parts = [form for branch in value[1] for form in forms(branch)]
            case codes.SUBPATTERN:
                parts = forms(value[3])
            case codes.MAX_REPEAT:
                least, _, inner = value
                parts = ([""] if least == 0 else []) + forms(inner)
            case _:
                parts = [""]
        found = [before + part for before in found for part in parts]
    return found


def test_every_form_of_an_error_has_a_sign():
    errors = forms(parser.parse(_ERROR.pattern))
    assert len(errors) > 100
    assert [error for error in errors if not _may_be_error(error)] == []
