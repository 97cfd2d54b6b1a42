"""The report as a person meets it: in a browser, by mouse and keyboard, by day and by night."""

from __future__ import annotations

import pytest

from tests.inspect.pages import CAPTION, HOSTILE, KEPT, NEWSLETTER, STORY, UNSEEN


def ask(tab, text):
    tab.fill("#q", text)
    tab.wait_for_selector("#answer > *")
    return tab.inner_text("#answer")


def block_of(tab, text):
    return tab.locator(".block", has_text=text)


def test_every_block_is_there_with_its_verdict(open_report, document):
    with open_report(document) as seen:
        assert block_of(seen.tab, KEPT).get_attribute("class") == "block kept"
        assert "dropped" in block_of(seen.tab, NEWSLETTER).get_attribute("class")
        assert "moved" in block_of(seen.tab, CAPTION).get_attribute("class")


def test_article_stands_beside_the_page(open_report, document):
    with open_report(document) as seen:
        page, paper = seen.tab.locator(".blocks").bounding_box(), seen.tab.locator(".paper").bounding_box()
        assert page["x"] + page["width"] <= paper["x"]
        assert all(text in seen.tab.inner_text(".paper") for text in STORY)


def test_reason_shows_on_hover(open_report, document):
    with open_report(document) as seen:
        block = block_of(seen.tab, NEWSLETTER)
        assert not block.locator(".why").is_visible()
        block.hover()
        assert "newsletter vocabulary" in block.locator(".why").inner_text()
        assert block.locator(".why").is_visible()


def test_reason_shows_on_focus(open_report, document):
    with open_report(document) as seen:
        block_of(seen.tab, NEWSLETTER).focus()
        assert block_of(seen.tab, NEWSLETTER).locator(".why").is_visible()


def test_reason_shows_without_any_script(open_report, document):
    with open_report(document, java_script_enabled=False) as seen:
        block_of(seen.tab, NEWSLETTER).hover()
        assert block_of(seen.tab, NEWSLETTER).locator(".why").is_visible()


def test_j_and_k_move_between_blocks_in_sight(open_report, document):
    with open_report(document) as seen:
        ids = [seen.tab.keyboard.press(key) or seen.tab.evaluate("document.activeElement.id") for key in "jjk"]
        assert ids[0] == ids[2] != ids[1]
        assert ids[0].startswith("b")


def test_j_does_not_open_what_is_folded(open_report, document):
    with open_report(document) as seen:
        seen.tab.keyboard.press("j")
        assert seen.tab.locator(".fold details[open]").count() == 0


def test_tab_reaches_blocks(open_report, document):
    with open_report(document) as seen:
        seen.tab.locator(".block:visible").first.focus()
        seen.tab.keyboard.press("Tab")
        assert "block" in seen.tab.evaluate("document.activeElement.className")


@pytest.mark.parametrize(("key", "kind"), [("2", "kept"), ("3", "dropped")])
def test_filter_by_key_leaves_one_kind(open_report, document, key, kind):
    with open_report(document) as seen:
        seen.tab.keyboard.press(key)
        assert seen.tab.locator(f".block.{kind}").count() > 1
        assert seen.tab.locator(f".block:not(.{kind}):visible").count() == 0


def test_filter_counts_what_it_shows(open_report, document):
    with open_report(document) as seen:
        seen.tab.click("button[data-show=kept]")
        assert seen.tab.inner_text("#count") == f"{len(STORY)} blocks"


def test_slash_goes_to_the_question_and_escape_leaves_it(open_report, document):
    with open_report(document) as seen:
        seen.tab.keyboard.press("/")
        assert seen.tab.evaluate("document.activeElement.id") == "q"
        seen.tab.keyboard.press("Escape")
        assert seen.tab.evaluate("document.activeElement.id") != "q"


def test_letters_in_the_question_are_no_commands(open_report, document):
    with open_report(document) as seen:
        seen.tab.click("#q")
        seen.tab.keyboard.type("3jk")
        assert seen.tab.get_attribute(".blocks", "data-show") == "all"


def test_a_dropped_paragraph_is_found_with_its_reason(open_report, document):
    with open_report(document) as seen:
        answer = ask(seen.tab, NEWSLETTER.upper().replace(" ", "\n"))
        assert "Dropped: newsletter vocabulary" in answer


def test_the_answer_leads_to_the_block(open_report, document):
    with open_report(document) as seen:
        ask(seen.tab, NEWSLETTER)
        seen.tab.click("#answer button")
        assert NEWSLETTER in seen.tab.evaluate("document.activeElement.textContent")


def test_pasting_jumps_to_the_block(open_report, document):
    with open_report(document) as seen:
        seen.tab.evaluate(
            """text => { const q = document.getElementById('q'); q.value = text;
            q.dispatchEvent(new ClipboardEvent('paste', {bubbles: true})); }""",
            NEWSLETTER,
        )
        seen.tab.wait_for_selector(".block:focus")
        assert NEWSLETTER in seen.tab.evaluate("document.activeElement.textContent")
        assert block_of(seen.tab, NEWSLETTER).locator(".why").is_visible()


def test_a_folded_line_is_found_and_unfolded(open_report, document):
    with open_report(document) as seen:
        answer = ask(seen.tab, "Weather")
        assert "inside <nav>" in answer
        assert block_of(seen.tab, "Weather").is_visible()


def test_a_kept_paragraph_is_said_to_be_kept(open_report, document):
    with open_report(document) as seen:
        assert ask(seen.tab, KEPT[10:80]).startswith("Kept")


def test_a_caption_is_said_to_stand_with_its_picture(open_report, document):
    with open_report(document) as seen:
        answer = ask(seen.tab, CAPTION)
        assert "Kept elsewhere" in answer
        assert "kept with their pictures" in answer


def test_several_paragraphs_at_once_are_counted(open_report, document):
    with open_report(document) as seen:
        answer = ask(seen.tab, "\n\n".join((STORY[3], NEWSLETTER, STORY[4])))
        assert "3 blocks hold it: 2 kept, 1 dropped." in answer


def test_text_of_a_script_is_said_to_be_there(open_report, document):
    with open_report(document) as seen:
        assert "Not on the page as text: script#state" in ask(seen.tab, UNSEEN)


def test_text_that_is_nowhere_is_said_to_be_nowhere(open_report, document):
    with open_report(document) as seen:
        assert "not in the page as it was read" in ask(
            seen.tab, "Nothing of the kind was ever printed by anybody here."
        )


def test_a_paragraph_of_the_article_leads_to_its_block(open_report, document):
    with open_report(document) as seen:
        seen.tab.locator(".part", has_text=STORY[3]).click()
        assert STORY[3] in seen.tab.evaluate("document.activeElement.textContent")


def test_map_leads_to_a_block(open_report, document):
    with open_report(document) as seen:
        seen.tab.locator(".map rect.kept").first.click()
        assert KEPT in seen.tab.evaluate("document.activeElement.textContent")


def test_fields_show_winner_and_losers(open_report, document):
    with open_report(document) as seen:
        row = seen.tab.locator(".fields tr", has=seen.tab.locator("th", has_text="datePublished"))
        assert "2026-03-27T08:00:00+01:00" in row.inner_text()
        assert "jsonld" in row.inner_text()


def test_comparison_marks_what_one_of_them_keeps(open_report, document):
    with open_report(document) as seen:
        seen.tab.keyboard.press("5")
        shown = seen.tab.locator(".block:visible")
        assert shown.count() == seen.tab.locator(".block.differs").count()
        assert "both keep" in seen.tab.inner_text("section:has(#h-compare)")


def test_timings_are_told(open_report, document):
    with open_report(document) as seen:
        assert "ms" in seen.tab.inner_text(".times")


def test_nothing_is_requested_and_nothing_complained_of(open_report, document):
    with open_report(document) as seen:
        ask(seen.tab, NEWSLETTER)
        for key in "jjknp12345":
            seen.tab.keyboard.press(key)
        assert (seen.requests, seen.messages, seen.dialogs) == ([], [], [])


def test_dark_and_light_follow_the_reader(open_report, document):
    grounds = []
    for scheme in ("light", "dark"):
        with open_report(document, color_scheme=scheme) as seen:
            grounds.append(seen.tab.evaluate("getComputedStyle(document.body).backgroundColor"))
    light, dark = (sum(map(int, colour.strip("rgb()").split(","))) for colour in grounds)
    assert light > 600
    assert dark < 150


def test_a_phone_needs_no_sideways_scrolling(open_report, document):
    with open_report(document, viewport={"width": 360, "height": 740}) as seen:
        assert seen.tab.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_attacks_work_where_nothing_is_escaped(open_report):
    with open_report(HOSTILE) as seen:
        seen.tab.wait_for_timeout(200)
        assert seen.dialogs
        assert seen.requests


def test_hostile_page_runs_nothing_and_loads_nothing(open_report, hostile_document):
    with open_report(hostile_document) as seen:
        for key in "jjjnp1234":
            seen.tab.keyboard.press(key)
        ask(seen.tab, "alert(1)")
        for block in seen.tab.locator(".block:visible").all():
            block.hover()
        seen.tab.wait_for_timeout(200)
        assert (seen.requests, seen.messages, seen.dialogs) == ([], [], [])


def test_hostile_page_adds_no_element_and_no_attribute(open_report, hostile_document):
    with open_report(hostile_document) as seen:
        foreign = (
            "img, iframe, object, embed, form, base, a[href], [onload], [onerror], [onmouseover], [onfocus], [style]"
        )
        assert seen.tab.locator(foreign).count() == 0
        assert seen.tab.locator("script").count() == 1
        assert seen.tab.locator("style").count() == 1


def test_hostile_markup_is_shown_as_text(open_report, hostile_document):
    with open_report(hostile_document) as seen:
        assert "<img src=http://127.0.0.1:9/x onerror=alert(2)>" in seen.tab.inner_text(".blocks")


def test_hostile_text_cannot_turn_its_surroundings_around(hostile_document):
    assert not set("\u202e\u2066\x00\x1b") & set(hostile_document)
