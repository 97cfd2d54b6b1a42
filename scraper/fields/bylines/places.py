"""Cities that stories are often written in, by the names that they have in the languages of datelines."""

from __future__ import annotations

from functools import cache

from scraper.fields.values import fold

__all__ = ["is_city"]

_CITIES = """
Abuja|Abu Dhabi|Accra|Addis Abeba|Addis Ababa|Algier|Algiers|Alger|Amman|Amsterdam|Ankara|Antwerpen|Asunción|Atenas|Athen|
Athens|Atlanta|Auckland|Augsburg|Austin|Bagdad|Baghdad|Baku|Baltimore|Bamako|Bangkok|Barcelona|Barcelone|Basel|Beijing|
Beirut|Belfast|Belgrad|Belgrade|Bengaluru|Berlin|Berlín|Berlino|Bern|Berne|Bielefeld|Bilbao|Birmingham|Bochum|Bogotá|
Bonn|Bordeaux|Boston|Brasília|Brasilia|Bratislava|Braunschweig|Bregenz|Bremen|Brisbane|Brüssel|Brussels|Bruxelles|Bruselas|
Bucharest|Bucarest|Budapest|Buenos Aires|Bukarest|Cairo|Calgary|Canberra|Cape Town|Caracas|Casablanca|Chemnitz|Chennai|
Chicago|Chisinau|Cologne|Colombo|Damaskus|Damascus|Dakar|Dallas|Darmstadt|Delhi|Den Haag|Denver|Detroit|Dhaka|Doha|Dortmund|
Dresden|Dubai|Dublin|Duisburg|Düsseldorf|Edinburgh|Erfurt|Essen|Florenz|Frankfurt|Frankfurt am Main|Freiburg|Genf|Genève|
Geneva|Ginebra|Glasgow|Göteborg|Göttingen|Graz|Halle|Hamburg|Hanoi|Hannover|Harare|Havanna|Havana|Heidelberg|Helsinki|
Hong Kong|Hongkong|Houston|Hyderabad|Innsbruck|Islamabad|Istanbul|Jakarta|Jena|Jerusalem|Johannesburg|Kabul|Kairo|Kampala|
Kapstadt|Karachi|Karlsruhe|Kassel|Kathmandu|Khartum|Kiel|Kiew|Kigali|Kinshasa|Klagenfurt|Koblenz|Köln|Kolkata|Kopenhagen|
Copenhagen|Krakau|Kuala Lumpur|Kuwait|Kyiv|Kyjiw|La Habana|La Paz|Lagos|Lahore|Las Vegas|Lausanne|Leeds|Leipzig|Lille|Lima|
Linz|Lisbon|Lisboa|Lissabon|Liverpool|Ljubljana|London|Londres|Londra|Los Angeles|Lübeck|Luxemburg|Luxembourg|Luzern|Lyon|
Madrid|Magdeburg|Mailand|Milano|Mainz|Managua|Manchester|Manila|Mannheim|Marseille|Melbourne|Mexico City|Ciudad de México|
México|Mexiko-Stadt|Miami|Minneapolis|Minsk|Mogadischu|Monrovia|Montevideo|Montreal|Montréal|Moscow|Moscú|Mosca|Moscou|Moskau|
Mumbai|München|Münster|Nairobi|Napoli|Neu-Delhi|New Delhi|New York|Nikosia|Nürnberg|Oslo|Ottawa|Panamá|Paris|París|Parigi|
Peking|Pekín|Perth|Philadelphia|Phoenix|Phnom Penh|Port-au-Prince|Portland|Potsdam|Prag|Prague|Praga|Pretoria|Québec|Quito|
Rabat|Regensburg|Reykjavik|Riad|Riyadh|Riga|Rio de Janeiro|Rom|Roma|Rome|Rostock|Rotterdam|Saarbrücken|Salzburg|Sana|
San Francisco|San José|San Juan|San Salvador|Santiago|Santiago de Chile|Santo Domingo|São Paulo|Sarajevo|Schwerin|Seattle|
Seoul|Sevilla|Shanghai|Singapore|Singapur|Skopje|Sofia|St. Gallen|Stockholm|Strasbourg|Straßburg|Stuttgart|Sydney|Taipei|
Tallinn|Taschkent|Tegucigalpa|Teheran|Tehran|Tel Aviv|Tiflis|Tbilissi|Tirana|Tokio|Tokyo|Toronto|Toulouse|Trier|Tripolis|
Tunis|Turin|Ulm|Utrecht|Valencia|Vancouver|Varsovia|Venedig|Vienna|Vilnius|Viena|Warschau|Warsaw|Washington|Weimar|Wellington|
Wien|Wiesbaden|Winnipeg|Wolfsburg|Wuppertal|Würzburg|Zagreb|Zürich|Zurich|
Ahmedabad|Bhopal|Bhubaneswar|Chandigarh|Guwahati|Indore|Jaipur|Kanpur|Kochi|Lucknow|Nagpur|Patna|Pune|Ranchi|Srinagar|Surat|
Chittagong|Faisalabad|Lalitpur|Peshawar|Quetta|Rawalpindi|Yangon|Surabaya|Bandung|Medan|Cebu|Davao|Penang
"""


def is_city(name: str) -> bool:
    """Whether a name is that of a city which news are often written in."""
    return fold(name) in _known()


@cache
def _known() -> frozenset[str]:
    return frozenset(map(fold, "".join(_CITIES.split("\n")).split("|")))
