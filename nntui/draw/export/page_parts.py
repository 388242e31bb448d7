"""What every page of a lesson has: its style, its script, and its frame. The lesson itself is data in it."""

STYLE = """\
:root { --cells: %(cells)d; --rows: %(rows)d; }
* { box-sizing: border-box; }
html[data-theme="dark"] { color-scheme: dark; color: #d0d4dc; background: #101216; }
html[data-theme="light"] { color-scheme: light; color: #24272e; background: #fafafa; }
body { margin: 0; padding: 0.5rem; font: 16px/1.4 system-ui, sans-serif; display: flex; flex-direction: column;
  align-items: center; gap: 0.5rem; min-height: 100vh; overflow-wrap: anywhere; }
h1 { font-size: 1rem; font-weight: normal; margin: 0; }
#screen { font-family: "DejaVu Sans Mono", "Cascadia Mono", "SF Mono", Menlo, Consolas, "Liberation Mono", monospace;
  font-size: min(98vw / (var(--cells) * 0.605), (100vh - 8rem) / (var(--rows) * 1.2), 28px); font-variant-ligatures: none;
  line-height: 1.2; width: calc(var(--cells) * 1ch); height: calc(var(--rows) * 1.2em); overflow: hidden; cursor: pointer;
  touch-action: pan-y pinch-zoom; margin: 0; }
#screen div { height: 1.2em; white-space: pre; }
#screen span { display: inline-block; height: 1.2em; vertical-align: top; }
#screen .c { width: 1ch; }
#screen .w { width: 2ch; }
#screen .z { width: 0; }
nav { display: flex; flex-wrap: wrap; justify-content: center; align-items: center; gap: 0.5rem; width: min(66rem, 98vw); }
nav button { font: inherit; min-width: 3rem; min-height: 2.75rem; cursor: pointer; }
nav input { flex: 1 1 12rem; }
nav output { min-width: 17rem; text-align: center; font-variant-numeric: tabular-nums; }
@media print { nav { display: none; } }
%(looks)s"""

SCRIPT = """\
"use strict";
(() => {
  const lesson = JSON.parse(document.getElementById("lesson").textContent);
  const [screen, place, slide] = ["screen", "place", "slide"].map((id) => document.getElementById(id));
  const count = lesson.stops.length, rows = lesson.rows, shown = new Array(rows).fill(-1);
  const frames = new Int32Array(count * rows);  // of every stop, the number of each of its lines
  lesson.changes.forEach((change, stop) => {
    if (stop) frames.copyWithin(stop * rows, (stop - 1) * rows, stop * rows);
    for (let at = 0; at < change.length; at += 2) frames[stop * rows + change[at]] = change[at + 1];
  });
  const cells = /[ -~]+|\\P{M}\\p{M}*|\\p{M}+/gu;  // whatever the fonts are, each character has its cells

  function drawn(line) {
    const row = document.createElement("div");
    for (let at = 0; at < line.length; at += 2) {
      const wide = line[at] < 0, look = wide ? ~line[at] : line[at];
      for (const [text] of line[at + 1].matchAll(cells)) {
        const span = document.createElement("span");
        const width = /^[ -~]/.test(text) ? "" : /^\\p{M}/u.test(text) ? " z" : wide ? " w" : " c";
        span.className = "l" + look + width;
        span.textContent = text;
        row.append(span);
      }
    }
    return row;
  }

  let present = -1;
  function show(stop) {
    const next = Math.min(Math.max(stop, 0), count - 1);
    if (next === present) return;
    present = next;
    for (let y = 0; y < rows; y++) {
      const line = frames[present * rows + y];
      if (line !== shown[y]) {
        screen.children[y].replaceWith(drawn(lesson.lines[line]));
        shown[y] = line;
      }
    }
    const [seconds, address] = lesson.stops[present];
    const clock = Math.floor(seconds / 60) + ":" + String(Math.floor(seconds % 60)).padStart(2, "0");
    place.textContent = `${clock}, stop ${present + 1} of ${count}: ${address}`;
    slide.value = present;
    try { history.replaceState(null, "", "#" + (present + 1)); } catch { /* a page in a frame may not */ }
  }
  const note = (change) => {
    const noted = lesson.notes.filter((stop) => change > 0 ? stop > present : stop < present);
    if (noted.length) show(change > 0 ? noted[0] : noted[noted.length - 1]);
  };
  const theme = (name) => { document.documentElement.dataset.theme = name; };
  const other = () => theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark");

  const keys = {
    ArrowRight: () => show(present + 1), ArrowDown: () => show(present + 1), PageDown: () => show(present + 1),
    " ": () => show(present + 1), Enter: () => show(present + 1),
    ArrowLeft: () => show(present - 1), ArrowUp: () => show(present - 1), PageUp: () => show(present - 1),
    Backspace: () => show(present - 1), Home: () => show(0), End: () => show(count - 1),
    n: () => note(1), N: () => note(-1), t: other,
  };
  document.addEventListener("keydown", (event) => {
    const onButton = event.target instanceof HTMLButtonElement && (event.key === " " || event.key === "Enter");
    if (event.ctrlKey || event.altKey || event.metaKey || onButton || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });
  const buttons = { back: () => show(present - 1), forward: () => show(present + 1), theme: other };
  for (const [id, press] of Object.entries(buttons)) document.getElementById(id).addEventListener("click", press);
  slide.addEventListener("input", () => show(Number(slide.value)));

  let begun = null;
  screen.addEventListener("pointerdown", (event) => { begun = event; });
  screen.addEventListener("pointerup", (event) => {  // a swipe, or a tap: the left third goes back
    if (begun === null || event.button > 0) return;
    const dx = event.clientX - begun.clientX, dy = event.clientY - begun.clientY;
    begun = null;
    const box = screen.getBoundingClientRect();
    if (Math.abs(dx) > 40 && Math.abs(dx) > Math.abs(dy)) {
      if (event.pointerType !== "mouse") show(present + (dx < 0 ? 1 : -1));
    } else if (Math.hypot(dx, dy) < 10) show(present + (event.clientX < box.left + box.width / 3 ? -1 : 1));
  });
  addEventListener("hashchange", () => show(Number.parseInt(location.hash.slice(1), 10) - 1 || 0));

  let before = "";
  addEventListener("beforeprint", () => { before = document.documentElement.dataset.theme; theme("light"); });
  addEventListener("afterprint", () => theme(before));
  theme(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  document.getElementById("steps").hidden = false;
  slide.max = count - 1;
  show(Number.parseInt(location.hash.slice(1), 10) - 1 || 0);
})();
"""

PAGE = """\
<!doctype html>
<html lang="en" data-theme="light">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '%(style_hash)s'; \
script-src '%(script_hash)s'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%(title)s</title>
<style>%(style)s</style>
</head>
<body>
<h1>%(title)s</h1>
<div id="screen" role="group" aria-label="The screen of nntui">%(first)s</div>
<noscript><p>This is the first of %(count)d stops; to step through them, allow this page its own script.</p></noscript>
<nav id="steps" hidden>
<button id="back" type="button" aria-label="The stop before">←</button>
<input id="slide" type="range" min="0" max="0" value="0" aria-label="Stop">
<button id="forward" type="button" aria-label="The next stop">→</button>
<output id="place" aria-live="polite"></output>
<button id="theme" type="button" aria-label="Light or dark">◐</button>
</nav>
<script id="lesson" type="application/json">%(lesson)s</script>
<script>%(script)s</script>
</body>
</html>"""
