"""Relative dates ("3 hours ago", "vor 3 Stunden") against the time of the fetch."""

from __future__ import annotations

import datetime as dt
import re

from scraper.fields.dates.date_text import Moment

__all__ = ["find_relative"]

_MAX_TEXT = 120
_UNITS = {
    "minutes": """min mins minute minutes minuten minuto minutos minuti minuut minuter minutter minuttia minut minuty minút минут минуты минуту хвилин хвилини dakika menit phút 分 分钟 分鐘 분 دقيقة دقائق मिनट λεπτά дк perc minute""",
    "hours": """h hr hrs hour hours stunde stunden std heure heures hora horas ora ore uur uren timme timmar time timer tuntia tunti godzin godziny godzinę hodin hodinami hodiny час часа часов години годин saat jam giờ 時間 小时 小時 시간 ساعة ساعات घंटे ώρες óra órája órával""",
    "days": """d day days tag tage tagen jour jours día días dia dias giorno giorni dag dagen dagar dage päivää päivä dni dzień dny den dnem день дня дней дні днів gün hari ngày 日 天 일 يوم أيام दिन ημέρες μέρες nap napja zile zi""",
    "weeks": """week weeks woche wochen semaine semaines semana semanas settimana settimane weken veckor vecka uger uke uker viikkoa tygodnie tydzień týdny неделю недели недель hafta minggu tuần 週間 周 주 أسبوع हफ्ते""",
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_PAST = re.compile(
    r"\bago\b|\bvor\b|\bil y a\b|\bhace\b|\bhá\b|\batrás\b|\bfa\b|\bgeleden\b|\bsiden\b|\bsedan\b|\bsitten\b|\btemu\b"
    r"|\bpřed\b|\bpred\b|назад|тому|\bönce\b|yang lalu|\btrước\b|[分間間时時日天週周鐘钟]前|전\b|قبل|منذ|पहले|πριν|\bezelőtt\b|\bacum\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"(\d{1,3}|\ban?|\beine[rm]?|\bune?|\buna?)\s*([^\W\d_]{1,10}|[分時小日天週周])", re.IGNORECASE)
_TODAY = re.compile(
    r"^(?:today|heute|aujourd['’]hui|hoy|hoje|oggi|vandaag|idag|i dag|tänään|dzisiaj|dziś|dnes|сегодня|сьогодні|bugün|hari ini|hôm nay|今日|今天|오늘|اليوم|आज)\b",
    re.IGNORECASE,
)
_YESTERDAY = re.compile(
    r"^(?:yesterday|gestern|hier|ayer|ontem|ieri|gisteren|igår|i går|eilen|wczoraj|včera|вчера|вчора|dün|kemarin|hôm qua|昨日|昨天|어제|أمس|कल)\b",
    re.IGNORECASE,
)


def find_relative(text: str, now: dt.datetime) -> Moment | None:
    """Return the moment that a relative date means when read at `now`; day precision for days and more."""
    text = text[:_MAX_TEXT]
    for pattern, days in ((_TODAY, 0), (_YESTERDAY, 1)):
        if pattern.match(text):
            return Moment((now - dt.timedelta(days=days)).date().isoformat(), has_time=False, has_zone=False)
    if not _PAST.search(text):
        return None
    for match in _AMOUNT.finditer(text):
        unit = (
            _UNIT_OF.get(match.group(2).lower()) or _UNIT_OF.get(match.group(2)[:2]) or _UNIT_OF.get(match.group(2)[:1])
        )
        if not unit:
            continue
        amount = int(match.group(1)) if match.group(1).isdigit() else 1
        then = (now - dt.timedelta(**{unit: amount})).replace(microsecond=0, second=0)
        if unit in {"minutes", "hours"}:
            return Moment(then.isoformat(), has_time=True, has_zone=True)
        return Moment(then.date().isoformat(), has_time=False, has_zone=False)
    return None
