"""The vocabulary marks labels, and leaves sentences alone."""

from __future__ import annotations

import pytest

from scraper.body.labels import category_of, reason_of
from scraper.body.vocabulary import CATEGORIES

LABELS = {
    "share": [
        "Share",
        "Teilen",
        "Partager",
        "Compartir",
        "Поделиться",
        "分享",
        "مشاركة",
        "Paylaş",
    ],
    "invitation": [
        "SHARE THIS ARTICLE",
        "Listen to this article",
        "Follow us on X",
        "Join our WhatsApp channel today",
        "Abonnez-vous à notre lettre",
        "Bültenimize abone olun",
        "Подписывайтесь на наш канал",
    ],
    "source": ["Source: port authority", "Quellen: Hafenamt, dpa", "来源：港务局", "Fot. Anna Nowak"],
    "follow": [
        "Folgen Sie uns",
        "Suivez-nous",
        "Подписывайтесь на нас",
    ],
    "newsletter": [
        "Sign up for the Valley Weekly",
        "Newsletter",
        "Рассылка",
    ],
    "related": [
        "Read more: Boats",
        "Lesen Sie auch: Boote",
        "À lire aussi",
        "Leia também",
        "Читайте также:",
        "関連記事",
        "اقرأ أيضا",
    ],
    "comments": ["Comments", "Comments (12)", "3 Kommentare", "Leave a comment", "コメント", "댓글", "التعليقات"],
    "advertising": ["Advertisement", "ANZEIGE", "Publicité", "Реклама", "広告", "Story continues below advertisement"],
    "legal": ["All rights reserved.", "© 2017 Valley Press", "Privacy Policy", "Tous droits réservés"],
    "media": ["Photo: Jane Doe", "Foto: dpa", "Фото: порт", "图片来源：港务局"],
    "reading": ["5 min read", "Lesezeit: 3 Minuten", "Tiempo de lectura: 2 min"],
    "tags": ["Tags: boats, harbour", "Schlagwörter", "Теги"],
    "author": ["About the author", "Über den Autor"],
    "navigation": ["Home", "Menu", "Skip to content", "Startseite", "首页"],
}
SENTENCES = [
    "Share prices fell on Monday, as investors feared a long winter and a short spring.",
    "Photographs of the harbour were found in a tin.",
    "More than twenty people came to the quay.",
    "She read more that winter than in all the years before.",
    "Comments by the minister drew laughter from the gallery.",
    "Home owners on the northern quays have asked for a wall.",
    "Read the letter aloud, the judge said, and then burn it.",
    "Die Anzeige gegen den Fährmann wurde zurückgezogen.",
    "Теги на стенах порта закрасили в понедельник.",
    "News of the wreck reached the town at dawn.",
]


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in LABELS.items() for text in texts])
def test_labels_are_found(name, text):
    category = category_of(text)
    assert category is not None
    assert category.name == name


@pytest.mark.parametrize("text", SENTENCES)
def test_sentences_are_left_alone(text):
    assert reason_of(text) is None


def test_long_paragraphs_are_left_alone():
    assert reason_of("The editor of the newsletter said that it would go on. " * 8) is None


@pytest.mark.parametrize("category", CATEGORIES, ids=lambda category: category.name)
def test_every_category_says_its_reason(category):
    assert category.reason


def test_no_label_stands_in_two_places_of_one_category():
    assert [c.name for c in CATEGORIES if len(set(c.labels)) != len(c.labels)] == []
