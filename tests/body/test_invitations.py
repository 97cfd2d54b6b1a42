"""Lines that ask readers to do something for the site are no part of the text, whatever they look like."""

from __future__ import annotations

import pytest

from scraper.body.decisions.strays import is_stray

PARAGRAPH = 0
"""No code of a cell or of preformatted text, as in `layout`."""


@pytest.mark.parametrize(
    "line",
    [
        "Follow us on Facebook, X and Instagram.",
        "Sign up for our daily newsletter and never miss a story.",
        "Download our app for the latest news",
        "Folgen Sie uns auf Facebook und Instagram.",
        "Haben Sie einen Fehler gefunden? Schreiben Sie uns.",
        "Suivez-nous sur Facebook et Instagram.",
        "Téléchargez notre application",
        "Suscríbete a nuestro boletín y no te pierdas nada.",
        "Únete a nuestro canal de WhatsApp",
        "Iscriviti alla nostra newsletter.",
        "Clique aqui para entrar no nosso canal do WhatsApp",
        "Schrijf je in voor onze nieuwsbrief.",
        "Zapisz się do naszego newslettera.",
        "Bültenimize abone olun.",
        "Подпишитесь на нашу рассылку.",
        "تابعونا على فيسبوك",
        "メルマガに登録する",
        "Prenumerera på vårt nyhetsbrev.",
        "Iratkozzon fel hírlevelünkre!",
        "Ikuti kami di Instagram.",
        "Stay informed: follow the Courier on WhatsApp.",
        "Like what you’re reading? Subscribe to the newsletter.",
        "Sie wollen nichts verpassen? Dann abonnieren Sie den Newsletter.",
        "¿Quieres recibir las noticias? Suscríbete al canal de WhatsApp.",
        "Vuoi ricevere le notizie? Iscriviti al canale Telegram.",
        "Chcesz wiedzieć więcej? Zapisz się na newsletter.",
    ],
)
def test_invitation_goes(line):
    assert is_stray(line, PARAGRAPH)


@pytest.mark.parametrize(
    "line",
    [
        "İlgili haber: Liman planı oylanıyor",
        "A lire aussi : le plan du port",
        "La suite après la publicité",
        "Tekst gaat verder onder de advertentie",
        "Fot. Anna Nowak",
        "来源：港务局",
        "Source: port authority",
    ],
)
def test_pointer_label_of_advertising_or_source_goes(line):
    assert is_stray(line, PARAGRAPH)


@pytest.mark.parametrize(
    "line",
    [
        "The party asked its members to follow it on Facebook.",
        "The newsletter of the club was first printed in 1911.",
        "“Sign up for our boats,” the harbour master shouted.",
        "Sources close to the mayor said that he would resign.",
        "Don’t miss a beat, the drummer had told her.",
        "Die Redaktion hat den Fehler gefunden und behoben.",
        "El canal de WhatsApp fue cerrado por la policía el martes.",
        "Follow these steps, which were shared on Twitter.",
        "She wrote: “Join us on Facebook.”",
        "He would join the team of the newsletter.",
        "Подписчики канала узнали об этом первыми.",
    ],
)
def test_sentence_about_such_things_stays(line):
    assert not is_stray(line, PARAGRAPH)


@pytest.mark.parametrize("line", ["20:42KEY EVENT", "9:05Jane Doe-Smith", "14:20", "14:20 Uhr"])
def test_time_of_an_update_goes(line):
    assert is_stray(line, PARAGRAPH)


@pytest.mark.parametrize(
    "line", ["20:42 Ships leave the harbour", "20:42Ships leave. The crowd stays.", "3:2 for Lorne"]
)
def test_line_that_begins_with_figures_stays(line):
    assert not is_stray(line, PARAGRAPH)
