"""Crossref and arXiv, played over real HTTP on loopback, with records made here; and a judge of what is made of them.

    values.py        persons, papers, truths; what a world of records consists of
    papers.py        our 69 listings as the two registries would have them: `ours()`
    oddities.py      what real Crossref records look like;  sprinkle.py  how often
    near_misses.py   records that are easily taken for a paper: every class has a rule in rules.py, titles in similar_titles.py
    vocabulary.py    names, words and venues for papers that do not exist
    made_up.py       other papers and listings of all sorts: `made_up(count, seed)`, `both(count)`
    awesome_list.py  listings as a Markdown list and as a catalog
    records.py       Crossref's records;  crossref.py  its questions, answers and errors;  search.py  its relevance
    arxiv.py         preprints as Atom, questions and errors;  arxiv_query.py  `search_query`
    answers.py       an answer of either, before anything goes wrong with it
    limits.py        how often and how many at once; violations
    faults.py        what goes wrong, by seed
    server.py        both services under one port: `serve(world, …)`;  handler.py  one connection of it
    judge.py         a lock against the truth: `judge(lock, truths)`

`python -m registries --help` (with `tests/` on the path) runs the server as a process of its own.
"""
