//! Offices, professions and titles: the words that say what a person is.

use std::collections::HashSet;
use std::sync::LazyLock;

const TITLES: &str = "mr mr. mrs mrs. ms ms. dr dr. president prime minister premier chancellor king queen prince princess emperor sheikh emir sultan pope \
 archbishop bishop cardinal ayatollah imam rabbi rev rev. reverend gen gen. general col col. colonel lt lt. lieutenant sgt sgt. sergeant capt capt. captain maj maj. major adm adm. admiral brig \
 brigadier cmdr cpl marshal sen sen. senator rep rep. representative gov gov. governor mayor judge justice ambassador secretary foreign defence defense finance interior vice deputy \
 chairman chairwoman speaker professor prof prof. sir lord lady dame director commissioner congressman congresswoman councilman councilwoman assemblyman delegate \
 sheriff attorney treasury state press chief commander lawyer spokesman spokeswoman spokesperson analyst adviser advisor envoy undersecretary under-secretary assistant former ex acting interim then \
 inspector detective officer agent coach pastor father sister brother comrade taoiseach economy trade energy oil health education environment justice labour labor agriculture \
 transport information culture planning investment security national supreme leader crown grand first lady dictator strongman warlord rebel opposition candidate nominee campaign manager \
 reporter correspondent editor author host anchor journalist writer columnist";

const ROLES: &str = "president minister premier chancellor king queen prince princess emperor sheikh emir sultan pope ayatollah imam general colonel lieutenant sergeant captain major \
 admiral brigadier marshal senator representative governor mayor judge justice ambassador secretary chairman chairwoman chair chairperson speaker professor director commissioner congressman \
 congresswoman councilman lawmaker legislator deputy delegate sheriff attorney lawyer prosecutor chief commander spokesman spokeswoman spokesperson analyst adviser advisor envoy undersecretary negotiator \
 diplomat official officer agent coach pastor priest leader head boss manager executive founder co-founder owner partner economist strategist scientist researcher scholar expert fellow historian author writer \
 journalist reporter correspondent editor host anchor columnist commentator activist campaigner dissident star actor actress singer musician player veteran soldier pilot astronaut doctor nurse teacher student \
 wife husband son daughter father mother brother sister widow candidate nominee rival opponent successor predecessor counterpart aide assistant representative trustee mp member congressmember treasurer \
 banker investor trader dealer broker billionaire businessman businesswoman tycoon entrepreneur magnate oligarch warlord dictator ruler strongman rebel militant cleric monarch tsar czar physician surgeon \
 pollster consultant operative organizer organiser coordinator inspector detective superintendent constable cop policeman resident voter farmer worker driver fisherman villager refugee \
 spymaster mediator rapporteur observer monitor auditor archbishop bishop cardinal rabbi consul attache attaché taoiseach heir nephew uncle cousin friend neighbour neighbor colleague";

const BODIES: &str = "university college school institute party ministry council department committee commission agency bureau board court bank group corp corporation company inc ltd co association federation union \
 foundation organization organisation society centre center church hospital times post news journal press network television tv radio magazine daily house senate congress parliament assembly government administration \
 army navy force forces guard police service services office authority league club team airport street avenue road square park river lake island islands bay mountain valley beach bridge building tower palace castle hall hotel \
 act treaty agreement accord pact war conference summit forum championship cup games festival airlines airways industries motors systems energy oil gas holdings partners capital securities fund international \
 front movement brotherhood state states republic kingdom coast sea ocean day week month year project plan program programme caucus campaign committee coalition alliance airlines air research survey poll review report \
 city county district province region town village street south north east west southern northern eastern western central new old great supreme national international federal world embassy consulate";

static TITLE: LazyLock<HashSet<&str>> = LazyLock::new(|| TITLES.split_whitespace().collect());
static ROLE: LazyLock<HashSet<&str>> = LazyLock::new(|| ROLES.split_whitespace().collect());
static BODY: LazyLock<HashSet<&str>> = LazyLock::new(|| BODIES.split_whitespace().collect());

/// A word that stands before a name: President, Mr, Foreign.
pub(crate) fn is_title(low: &str) -> bool {
    TITLE.contains(low)
}

/// A noun for what a person is: spokesman, minister, veteran.
pub(crate) fn is_role(low: &str) -> bool {
    ROLE.contains(low) || low.strip_suffix('s').is_some_and(|one| ROLE.contains(one) && !one.ends_with('s'))
}

/// A noun of institutions and places, which no person's name holds.
pub(crate) fn is_body(low: &str) -> bool {
    BODY.contains(low)
}

pub(crate) fn is_honorific(low: &str) -> bool {
    matches!(
        low,
        "mr" | "mr."
            | "mrs"
            | "mrs."
            | "ms"
            | "ms."
            | "dr"
            | "dr."
            | "sir"
            | "lord"
            | "lady"
            | "dame"
            | "prof"
            | "prof."
    )
}

/// Documents that speak: the rules say, the text says.
pub(crate) fn is_document(low: &str) -> bool {
    matches!(
        low,
        "rules"
            | "text"
            | "texts"
            | "law"
            | "treaty"
            | "agreement"
            | "annex"
            | "letter"
            | "communique"
            | "communiqué"
            | "readout"
            | "decree"
            | "protocol"
            | "clause"
            | "constitution"
            | "memo"
            | "note"
            | "transcript"
            | "resolution"
            | "notice"
            | "memorandum"
    )
}

/// Groups and unnamed people who speak: officials, sources, residents.
pub(crate) fn is_group(low: &str) -> bool {
    matches!(
        low,
        "officials"
            | "official"
            | "sources"
            | "source"
            | "diplomats"
            | "diplomat"
            | "analysts"
            | "experts"
            | "residents"
            | "witnesses"
            | "authorities"
            | "police"
            | "lawmakers"
            | "prosecutors"
            | "investigators"
            | "spokesman"
            | "spokeswoman"
            | "spokesperson"
            | "spokesmen"
            | "ministry"
            | "government"
            | "report"
            | "statement"
            | "agency"
            | "military"
            | "army"
            | "court"
            | "commission"
            | "study"
            | "poll"
            | "survey"
            | "company"
            | "bank"
            | "group"
            | "committee"
            | "council"
            | "department"
            | "office"
            | "campaign"
            | "party"
            | "newspaper"
            | "critics"
            | "supporters"
            | "activists"
            | "researchers"
            | "scientists"
            | "economists"
            | "traders"
            | "dealers"
            | "leaders"
            | "ministers"
            | "people"
            | "men"
            | "women"
            | "democrats"
            | "republicans"
            | "media"
            | "reports"
            | "documents"
            | "document"
            | "letter"
            | "email"
            | "emails"
            | "embassy"
            | "administration"
            | "troops"
            | "forces"
            | "rebels"
            | "militants"
            | "voters"
            | "others"
            | "some"
            | "many"
            | "one"
            | "two"
            | "most"
    )
}
