#===- page.py - Records as a page to look at --------------------------------===#
# Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#===------------------------------------------------------------------------===#

import html
import math

STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; margin: 2em auto; max-width: 60em;
       padding: 0 1em; color: #222; }
h2 { margin-top: 2em; border-bottom: 1px solid #ccc; }
svg { width: 100%; height: auto; }
svg text { font: 12px system-ui, sans-serif; fill: #222; }
table { border-collapse: collapse; font-size: 13px; }
td, th { padding: 2px 10px 2px 0; text-align: left; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
.note { color: #555; }
"""
OURS, PEER = "#1f6fb2", "#b5b5b5"
COLORS = ["#1f6fb2", "#d1495b", "#3a8f4d", "#9467bd", "#c77f1a", "#17becf", "#555555",
          "#8c564b", "#e377c2"]
# From most bits to fewest, as on the chart's axis.
BITS = [(8, 8), (4, 8), (2, 8), (1, 8), (4, 4), (2, 2), (1, 1)]
LAYERS = {
    "conv3x3": "3x3, 16x16x32 to 64",
    "conv1x1": "1x1, 16x16x32 to 64",
    "depthwise": "depthwise 3x3, 16x16x64",
    "wide": "3x3, 14x14x256 to 256",
}


def bits_of(record):
    return record["weight_bits"], record["activation_bits"]


def name_bits(bits):
    return "W{}A{}".format(*bits)


def best(records, key="instructions_per_mac"):
    """Returns the lowest record for each pair of bits."""
    found = {}
    for record in records:
        bits = bits_of(record)
        if bits not in found or record[key] < found[bits][key]:
            found[bits] = record
    return found


def draw_text(x, y, text, **attributes):
    extra = "".join(f' {k.replace("_", "-")}="{v}"' for k, v in attributes.items())
    return f'<text x="{x:.1f}" y="{y:.1f}"{extra}>{html.escape(text)}</text>'


def draw_bars(rows, unit):
    """Draws rows of (label, value, color, remark)."""
    top = max(value for _, value, _, _ in rows)
    height = 22 * len(rows) + 4
    parts = [f'<svg viewBox="0 0 900 {height}" role="img">']
    for i, (label, value, color, remark) in enumerate(rows):
        y, width = 22 * i + 2, max(1.0, 420 * value / top)
        parts += [
            draw_text(0, y + 14, label),
            f'<rect x="170" y="{y}" width="{width:.1f}" height="18" fill="{color}"/>',
            draw_text(176 + width, y + 14, f"{value:.3g} {unit} {remark}".strip()),
        ]
    return "\n".join([*parts, "</svg>"])


def draw_lines(series):
    """Draws instructions per MAC, on a logarithmic axis, against bits: one line a
    target, from {name: {bits: value}}."""
    values = [value for line in series.values() for value in line.values()]
    low, high = math.floor(math.log2(min(values))), math.ceil(math.log2(max(values)))

    def place(bits, value):
        return (60 + 100 * BITS.index(bits),
                20 + 300 * (high - math.log2(value)) / (high - low))

    parts = ['<svg viewBox="0 0 900 370" role="img">']
    for power in range(low, high + 1):
        y = place(BITS[0], 2.0**power)[1]
        parts += [f'<line x1="50" x2="680" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>',
                  draw_text(44, y + 4, f"{2.0**power:g}", text_anchor="end")]
    for bits in BITS:
        parts.append(draw_text(place(bits, 1)[0], 345, name_bits(bits), text_anchor="middle"))
    for i, (name, line) in enumerate(series.items()):
        color = COLORS[i % len(COLORS)]
        points = [place(bits, line[bits]) for bits in BITS if bits in line]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts += [f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2"/>']
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{color}"/>' for x, y in points]
        parts += [f'<rect x="700" y="{30 + 20 * i}" width="12" height="12" fill="{color}"/>',
                  draw_text(718, 40 + 20 * i, name)]
    parts.append(draw_text(60, 12, "instructions per multiply-accumulate"))
    return "\n".join([*parts, "</svg>"])


def make_table(header, rows):
    def cell(value):
        kind = ' class="number"' if isinstance(value, (int, float)) else ""
        text = f"{value:.4g}" if isinstance(value, float) else str(value)
        return f"<td{kind}>{html.escape(text)}</td>"

    lines = ["<tr>" + "".join(f"<th>{name}</th>" for name in header) + "</tr>"]
    lines += ["<tr>" + "".join(map(cell, row)) + "</tr>" for row in rows]
    return "<table>" + "\n".join(lines) + "</table>"


def show_counts(records, peers):
    """Returns a chart of one layer on one target, peers beside."""
    found = best(records)
    rows = []
    for bits in (bits for bits in BITS if bits in found):
        ours = found[bits]
        remark = f"({ours['compiler']}, {ours['strategy']})"
        rows.append((f"{name_bits(bits)} slb", ours["instructions_per_mac"], OURS, remark))
        rows += [(f"{name_bits(bits)} {peer['name']}", peer["instructions_per_mac"], PEER,
                  f"({peer['compiler']})") for peer in peers if bits_of(peer) == bits]
    return draw_bars(rows, "")


def show_times(records):
    """Returns a chart of speeds on this processor, oneDNN among them."""
    rows = []
    for record in sorted(best(records, "seconds").values(), key=lambda r: r["seconds"]):
        rows.append((f"{name_bits(bits_of(record))} slb", record["macs_per_second"] * 1e-9,
                     OURS, f"({record['compiler']}, {record['strategy']})"))
    return rows


def show_networks(records):
    header = ("network", "bits", "compiler", "instructions", "a MAC", "weights, bytes",
              "code, bytes", "arena, bytes", "its lower bound")
    rows = [(r["layer"], name_bits(bits_of(r)), r["compiler"], r["instructions"],
             r["instructions_per_mac"], r["flash_bytes"], r["code_bytes"],
             r["arena_bytes"], r["arena_lower_bound"]) for r in records]
    parts = [make_table(header, rows)]
    for record in records:
        title = f"layers of {record['layer']} {name_bits(bits_of(record))}, {record['compiler']}"
        rows = [(layer["name"], name_bits(bits_of(layer)), layer["strategy"], layer["macs"],
                 layer["instructions"]) for layer in record["layers"]]
        header = ("layer", "bits", "kernel", "MACs", "instructions")
        parts.append(f"<details><summary>{title}</summary>{make_table(header, rows)}</details>")
    return "\n".join(parts)


def show_target(target, records, peers):
    """Returns the part of the page about one target."""
    parts = [f"<h2>{html.escape(target)}</h2>"]
    for layer, title in LAYERS.items():
        mine = [record for record in records if record["layer"] == layer]
        if not mine:
            continue
        parts.append(f"<h3>{title}</h3>")
        if "seconds" in mine[0]:
            peer = [r for r in mine if r["strategy"].startswith("oneDNN")]
            ours = [r for r in mine if r not in peer]
            rows = show_times(ours) + [
                ("W8A8 oneDNN", r["macs_per_second"] * 1e-9, PEER, f"({r['strategy']})")
                for r in best(peer, "seconds").values()]
            parts.append(draw_bars(sorted(rows, key=lambda row: -row[1]), "GMAC/s"))
        else:
            beside = [p for p in peers if (p["target"], p["layer"]) == (target, layer)]
            parts.append(show_counts(mine, beside))
    networks = [record for record in records if "layers" in record]
    if networks:
        parts += ["<h3>networks</h3>", show_networks(networks)]
    return "\n".join(parts)


def render(records, peers):
    """Returns a page without references to other files."""
    targets = list(dict.fromkeys(record["target"] for record in records))
    counted = [r for r in records if r["layer"] == "conv3x3"]
    series = {}
    for target in targets:
        found = best([r for r in counted if r["target"] == target])
        if found:
            series[target] = {b: r["instructions_per_mac"] for b, r in found.items()}
    parts = ["<!doctype html><html lang=en><meta charset=utf-8>"
             f"<title>slb on edge targets</title><style>{STYLE}</style>",
             "<h1>slb on edge targets</h1>",
             "<p class=note>C of slb-compile, each layer whole: from the stored input to "
             "the stored, requantized output. Every program first showed the reference's "
             "bits. Instructions are exact counts of an emulator, not cycles. WnAm: "
             "weights of n bits, activations of m bits.</p>"]
    if series:
        parts += ["<h2>Fewer bits, fewer instructions</h2>",
                  f"<p>{LAYERS['conv3x3']}, the best compiler.</p>", draw_lines(series)]
    for target in targets:
        mine = [record for record in records if record["target"] == target]
        parts.append(show_target(target, mine, peers["records"]))
    links = ", ".join(f'<a href="{url}">{name}</a>' for name, url in peers["sources"].items())
    parts.append(f"<h2>Peers</h2><p>{links}: {html.escape(peers['how'])}. oneDNN: timed in "
                 "the same run, on one thread, restricted to the target's instruction "
                 "set.</p></html>")
    return "\n".join(parts) + "\n"
