"""What goes wrong. A fault is drawn for each request by seed and number, so the same seed gives the same faults in the same order.

Violations are counted and answered before any fault is drawn. Times are divided by the scale.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from .answers import HTML, JSON, TEXT, Answer, as_json, html
from .values import seeded

HUGE = 50_000_000
CIRCLE = "/_loop/a"
SAME = 12  # how often an address that redirects to itself does so, before it works again


@dataclass
class Sending:
    """An answer as it goes out: pieces with pauses between, and how it ends."""

    pieces: Iterable[bytes]
    end: str = "keep"  # or close, reset, hang
    pause: float = 0


def plain(answer, *, close=False):
    return Sending([head(answer, len(answer.body)) + answer.body], "close" if close else "keep")


def head(answer, length):
    """Status line and headers; without a length the connection's end ends the body."""
    names = {200: "OK", 301: "Moved Permanently", 302: "Found", 400: "Bad Request", 404: "Not Found", 414: "Request-URI Too Long"}
    names |= {
        429: "Too Many Requests",
        500: "Internal Server Error",
        502: "Bad Gateway",
        503: "Service Unavailable",
        504: "Gateway Timeout",
    }
    lines = {"Content-Type": answer.content_type, **answer.headers}
    lines |= {"Connection": "close"} if length is None else {"Content-Length": str(length)}
    shown = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
    return f"HTTP/1.1 {answer.status} {names[answer.status]}\r\nServer: Jetty(9.4.40.v20210413)\r\n{shown}\r\n".encode()


# Each takes the answer, the draw and the context (`scale`, `path`, `service`, `server`), and gives how it is sent.


def too_many(answer, draw, context):
    if draw.random() < 0.5:
        after = draw.choice((1, 2, 5)) / context.scale
        said = {**answer.headers, "Retry-After": f"{after:g}"}
        return plain(Answer(b"Rate exceeded.", 429, TEXT, said))
    return plain(Answer(b"", 429, "", {}))


def server_error(answer, draw, context):
    if (status := draw.choice((500, 502, 503, 504))) != 500:
        return plain(Answer(html(status, "Error"), status, HTML, answer.headers))
    trace = [f"org.example.search.Client${place}.run(Client.java:{place * 31})" for place in range(9)]
    message = {
        "name": "class clojure.lang.ExceptionInfo",
        "description": "Response Exception",
        "message": "Response Exception",
        "stack": trace,
    }
    body = {"status": "error", "message-type": "exception", "message-version": "1.0.0", "message": message}
    return plain(Answer(as_json(body), 500, JSON, answer.headers))


def reset_before(answer, draw, context):
    return Sending([], "reset")


def reset_in_head(answer, draw, context):
    start = head(answer, len(answer.body))
    return Sending([start[: draw.randint(5, len(start) - 5)]], "reset")


def reset_in_body(answer, draw, context):
    start = head(answer, len(answer.body))
    return Sending([start + answer.body[: draw.randint(0, max(len(answer.body) - 1, 0))]], "reset")


def slow(answer, draw, context):
    """A byte, then nothing for a while: each read is quick enough, the whole is not."""
    step = max(len(answer.body) // 20, 1)
    pieces = [answer.body[place : place + step] for place in range(0, len(answer.body), step)]
    return Sending([head(answer, len(answer.body)), *pieces], pause=draw.choice((0.2, 1, 4)) / context.scale)


def hang(answer, draw, context):
    return Sending([], "hang")


def truncated(answer, draw, context):
    """Cut: less than the length promised, or a length that fits the cut, or no length at all."""
    cut = answer.body[: draw.randint(1, max(len(answer.body) - 1, 1))]
    length = draw.choice((len(answer.body), len(cut), None))
    return Sending([head(answer, length) + cut], "close")


def html_instead(answer, draw, context):
    page = b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><p>Checking that you are not a robot.</p></body></html>"
    return plain(dataclasses.replace(answer, body=page, content_type=draw.choice((HTML, HTML, answer.content_type)), status=200))


def broken_utf8(answer, draw, context):
    """A letter of a title becomes a byte that is not UTF-8, or half a sign."""
    places = [match.end() for match in re.finditer(rb'"title":\["|<title>|"message":"', answer.body)]
    place = draw.choice(places) if places else len(answer.body) // 2
    broken = draw.choice((b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xe9t"))
    return plain(dataclasses.replace(answer, body=answer.body[:place] + broken + answer.body[place + 1 :]))


def nulls(answer, draw, context):
    """Null and wrong types in the envelope: nothing of such an answer may be believed."""
    if not answer.content_type.startswith(JSON):
        return plain(dataclasses.replace(answer, body=_spoilt_feed(answer.body, draw)))
    if not answer.body.startswith(b'{"status":"ok"'):
        return plain(dataclasses.replace(answer, body=b"null", status=200))
    return plain(dataclasses.replace(answer, body=as_json(_spoilt_json(json.loads(answer.body), draw))))


def _spoilt_json(body, draw):
    message, items = body["message"], body["message"].get("items")
    ways = [None, [], {**body, "message": None}, {**body, "message": [message]}, {**body, "message": "ok"}, {"status": "ok"}]
    if items is not None:
        ways += [
            {**body, "message": {**message, "items": spoilt}}
            for spoilt in (None, {"0": items}, [*items, None], [None], ["x", *items])
        ]
        ways += [{**body, "message": {**message, "items": spoilt}} for spoilt in ([*items, {}], [*items, []])]
    else:
        ways += [{**body, "message": {**message, "DOI": None}}, {**body, "message-type": "work-list"}]
    return draw.choice(ways)


def _spoilt_feed(body, draw):
    text = body.decode()
    ways = [
        "<?xml version='1.0' encoding='UTF-8'?>\n<error>null</error>\n",
        text.replace('xmlns="http://www.w3.org/2005/Atom"', 'xmlns="http://www.w3.org/1999/xhtml"'),
        text.replace("</feed>", "  <entry/>\n</feed>"),
        text.replace("</feed>", "  <entry><id/><title/></entry>\n</feed>"),
        re.sub(r"<(/?)feed", r"<\1entry", text),
        re.sub(r"(totalResults>)\d+", r"\1null", text),
    ]
    return draw.choice(ways).encode()


def huge(answer, draw, context):
    """50 MB that begin as an answer should, with or without saying so."""
    begin = b'{"status":"ok","message-type":"work","message-version":"1.0.0","message":{"abstract":"'
    begin = (
        begin
        if answer.content_type.startswith(JSON)
        else b"<?xml version='1.0' encoding='UTF-8'?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>"
    )
    length = draw.choice((HUGE + len(begin), None))
    block = b"a" * 65_536
    blocks = (block[: min(len(block), HUGE - sent)] for sent in range(0, HUGE, len(block)))
    return Sending(_chain([head(dataclasses.replace(answer, status=200), length) + begin], blocks), "close")


def _chain(first, rest):
    yield from first
    yield from rest


def redirect(answer, draw, context):
    """To itself, in a circle, or to another host, where something else answers."""
    kind = draw.choice(("itself", "circle", "elsewhere"))
    if kind == "itself":
        context.server.loop(context.path)
    to = {"itself": context.path, "circle": CIRCLE, "elsewhere": context.server.elsewhere + context.path}[kind]
    return plain(Answer(b"", draw.choice((301, 302)), answer.content_type, {**answer.headers, "Location": to}))


def empty(answer, draw, context):
    """Nothing found, though there is: half keep the true number of hits."""
    if answer.empty is None:
        return plain(answer)
    none = answer.empty
    if draw.random() < 0.5:
        none = re.sub(rb'("total-results":|totalResults>)\d+', rb"\g<1>0", none)
    return plain(dataclasses.replace(answer, body=none))


def outage(answer, draw, context):
    context.server.take_down(context.service, draw.randint(4, 8))
    return unavailable(answer, draw, context)


def unavailable(answer, draw, context):
    return plain(Answer(html(503, "Service Temporarily Unavailable"), 503, HTML))


RESETS = (reset_before, reset_in_head, reset_in_body)
OTHERS = (too_many, server_error, slow, hang, truncated, html_instead, broken_utf8, nulls, huge, redirect, empty)
MIXES = {
    "none": {},
    "429": {too_many: 0.2},
    "5xx": {server_error: 0.2},
    "resets": dict.fromkeys(RESETS, 0.07),
    "slow": {slow: 0.2},
    "hang": {hang: 0.15},
    "truncated": {truncated: 0.2},
    "html200": {html_instead: 0.2},
    "utf8": {broken_utf8: 0.2},
    "nulls": {nulls: 0.2},
    "huge": {huge: 0.15},
    "loops": {redirect: 0.2},
    "empty": {empty: 0.2},
    "outage": {},  # a stretch, see `stretch`
    "all": {**dict.fromkeys(OTHERS, 0.018), **dict.fromkeys(RESETS, 0.007), outage: 0.003},
}


def drawn(mix, seed, number):
    """The fault of the request with this number, or None; and the draw that its details come from."""
    draw = seeded("fault", seed, number)
    point = draw.random()
    for fault, share in MIXES[mix].items():
        if point < share:
            return fault, draw
        point -= share
    return None, draw


def stretch(mix, seed):
    """Of the mix `outage`: the host that fails, and from which of its requests on until before which."""
    if mix != "outage":
        return None
    draw = seeded("outage", seed)
    first = draw.randint(2, 6)
    return draw.choice(("crossref", "arxiv")), first, first + draw.randint(8, 16)
