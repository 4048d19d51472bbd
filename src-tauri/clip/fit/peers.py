"""Extracts pages with other tools, for comparing them with Bilat in one run.

    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install trafilatura readability-lxml
    python3 ../shared/score/extraction.py --corpus wcxb -- /tmp/peers/bin/python src-tauri/clip/fit/peers.py trafilatura

Speaks as `bilat extract --batch` does: JSON lines {"id", "path", "url"} in, one line out for each.
"""
import json
import sys
import time

# What starts a new line in a page's text.
BLOCKS = set("p div li ul ol h1 h2 h3 h4 h5 h6 blockquote pre table tr section article br dd dt figcaption".split())


def lines(html):
    from lxml import html as parser

    out = []

    def walk(node):
        if not isinstance(node.tag, str):
            out.append(node.tail or "")
            return
        block = node.tag in BLOCKS
        out.append("\n" if block else "")
        out.append(node.text or "")
        for child in node:
            walk(child)
        out.append("\n" if block else "")
        out.append(node.tail or "")

    walk(parser.fromstring(html))
    return "\n".join(" ".join(line.split()) for line in "".join(out).split("\n") if line.strip())


def trafilatura(page, url):
    import trafilatura as peer

    found = peer.extract(page, url=url, output_format="json", with_metadata=True, include_comments=False)
    found = json.loads(found) if found else {}
    byline = [name.strip() for name in (found.get("author") or "").split(";") if name.strip()]
    return {"title": found.get("title"), "byline": byline, "published": found.get("date"), "text": found.get("text")}


def readability(page, url):
    from readability import Document

    document = Document(page.decode("utf-8", "replace"), url=url)
    byline = document.author()
    byline = None if byline == "[no-author]" else byline
    return {"title": document.short_title(), "byline": byline, "text": lines(document.summary(html_partial=True))}


def main():
    extract = {"trafilatura": trafilatura, "readability": readability}[sys.argv[1]]
    for asked in map(json.loads, sys.stdin):
        page = open(asked["path"], "rb").read()
        start = time.perf_counter()
        try:
            answer = extract(page, asked.get("url"))
        except Exception as error:  # A peer's failure is its answer for that page.
            answer = {"error": repr(error)}
        answer.update(id=asked["id"], ms=1000 * (time.perf_counter() - start))
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
