"""Fits the trees of src/html/judge.trees. Needs lightgbm and numpy; run it when a measure changes.

    cargo run --release -p bilat-clip --example measure < pages.jsonl > blocks.jsonl
    python3 src-tauri/clip/fit/judge.py manifest.jsonl blocks.jsonl [manifest.jsonl blocks.jsonl …] > src-tauri/clip/src/html/judge.trees

A manifest has one JSON object a line, {"id", "url", "text"}: the page and the text of its article, paragraphs
separated by newlines. The first corpus counts fully, each further one half. Five-fold cross-validation over the
hosts of the first corpus is printed on standard error, so that no page is judged by trees that saw its site.
"""
import hashlib
import json
import re
import sys
import unicodedata
from collections import Counter
from urllib.parse import urlparse

import lightgbm
import numpy

# A block belongs to the article when half of its runs of this many words stand there.
RUN = 4
# Fewer words than this are compared as a whole.
SHORT = 6
# Where the measures tell how much of a block is link text, and of what kind it is; a subhead's kind.
LINKED, KIND, SUBHEAD = 3, 6, 2


def words(text):
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())


def labels(blocks, article):
    """For each block, whether it is of the article."""
    said = words(article)
    runs = {tuple(said[i:i + RUN]) for i in range(len(said) - RUN + 1)}
    lines = {tuple(words(line)) for line in article.split("\n")}
    whole = " " + " ".join(said) + " "
    mine = [words(text) for text, _ in blocks]
    taken = []
    for block in mine:
        if len(block) >= SHORT:
            own = [tuple(block[i:i + RUN]) for i in range(len(block) - RUN + 1)]
            taken.append(sum(run in runs for run in own) * 2 >= len(own))
        else:
            inside = len(block) >= 2 and " " + " ".join(block) + " " in whole
            taken.append(bool(block) and (tuple(block) in lines or inside))
    # A short line far from the article only happens to say the same.
    sure = [i for i, block in enumerate(mine) if taken[i] and len(block) >= SHORT]
    if sure:
        for i, block in enumerate(mine):
            if len(block) < SHORT and not sure[0] - 3 <= i <= sure[-1] + 6:
                taken[i] = False
    # A line of which the page has more copies than the article: the contents' and the menus' are not the article's.
    left = Counter(tuple(words(line)) for line in article.split("\n"))
    copies = {}
    for i, block in enumerate(mine):
        if taken[i] and left[tuple(block)]:
            copies.setdefault(tuple(block), []).append(i)
    for block, at in copies.items():
        at.sort(key=lambda i: (blocks[i][1][LINKED] > 0.5, blocks[i][1][KIND] != SUBHEAD))
        for i in at[left[block]:]:
            taken[i] = False
    return taken, [len(block) for block in mine]


def corpus(manifest, measured):
    pages = {page["id"]: page for page in map(json.loads, open(manifest, encoding="utf-8"))}
    measures, taken, weights, folds = [], [], [], []
    for page in map(json.loads, open(measured, encoding="utf-8")):
        if not page["blocks"]:
            continue
        of_article, lengths = labels(page["blocks"], pages[page["id"]]["text"])
        host = urlparse(pages[page["id"]]["url"]).hostname or ""
        fold = int(hashlib.md5(host.encode()).hexdigest(), 16) % 5
        for (_, own), label, length in zip(page["blocks"], of_article, lengths):
            measures.append(own)
            taken.append(label)
            # Partly by words, as shingles count, and partly by blocks, as paragraphs count.
            weights.append(200 * (0.6 * length / (sum(lengths) + 100) + 0.4 / (len(lengths) + 20)))
            folds.append(fold)
    return tuple(numpy.array(column, dtype=kind) for column, kind in
                 ((measures, "f4"), (taken, bool), (weights, "f4"), (folds, int)))


def fit(measures, taken, weights):
    forest = lightgbm.LGBMClassifier(
        n_estimators=130, num_leaves=16, learning_rate=0.1, min_child_samples=60, subsample=0.8, subsample_freq=1,
        colsample_bytree=0.5, reg_lambda=5, verbose=-1, random_state=1, n_jobs=1)
    return forest.fit(measures, taken, sample_weight=weights)


def written(node):
    if "leaf_value" in node:
        return "=%.4g" % node["leaf_value"]
    return "%d %.5g %s %s" % (
        node["split_feature"], node["threshold"], written(node["left_child"]), written(node["right_child"]))


def main():
    corpora = [corpus(*pair) for pair in zip(sys.argv[1::2], sys.argv[2::2])]
    for further in corpora[1:]:
        further[2][:] *= 0.5
    measures, taken, weights, folds = corpora[0]
    rest = [numpy.concatenate(column) for column in zip(*corpora[1:])]

    def together(chosen):
        columns = [column[chosen] for column in (measures, taken, weights)]
        return [numpy.concatenate(pair) for pair in zip(columns, rest)] if rest else columns

    right = Counter()
    for fold in range(5):
        here = folds == fold
        guess = fit(*together(~here)).predict(measures[here])
        right["right"] += weights[here][guess == taken[here]].sum()
        right["all"] += weights[here].sum()
    print("cross-validated share of blocks right, weighted: %.4f" % (right["right"] / right["all"]), file=sys.stderr)
    print("# One tree a line: `measure limit LEFT RIGHT`, left when the measure is at most the limit; `=odds` ends.")
    print("# Fitted by fit/judge.py on the articles of WCXB (M. Foley, CC-BY-4.0) and on the test pages of Mozilla "
          "Readability (Apache-2.0).")
    for tree in fit(*together(slice(None))).booster_.dump_model()["tree_info"]:
        print(written(tree["tree_structure"]))


if __name__ == "__main__":
    main()
