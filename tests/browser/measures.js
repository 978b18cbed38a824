// What is measured on a page; each function gives a list of problems as texts, empty when there is none.
window.measures = (() => {
  const named = (el) => el.outerHTML.replace(/\s+/g, " ").slice(0, 110);
  const shown = (el) => el.checkVisibility({ visibilityProperty: true }) && el.getClientRects().length > 0;
  const few = (found) => [...new Set(found)].slice(0, 4);
  const elements = (selector) => [...document.body.querySelectorAll(selector)];
  const FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
  const SPACING = new CSSStyleSheet();
  SPACING.replaceSync(
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }" +
      "p { margin-bottom: 2em !important }",
  );

  async function axe(only, without = []) {
    const rules = { "target-size": { enabled: true }, ...Object.fromEntries(without.map((one) => [one, { enabled: false }])) };
    const options = { resultTypes: ["violations"], preload: false, rules };
    if (only) options.runOnly = only;
    const { violations } = await window.axe.run(options);
    return violations.map((one) => `${one.id}: ${one.help}: ${few(one.nodes.map((n) => n.html.slice(0, 140))).join(" | ")}`);
  }

  function held(el) {
    for (let up = el.parentElement; up && up !== document.body; up = up.parentElement)
      if (getComputedStyle(up).overflowX !== "visible") return true;
    return false;
  }

  function sideways(room = document.documentElement.clientWidth) {
    if (document.documentElement.scrollWidth <= room) return [];
    const out = elements("*").filter((el) => el.getBoundingClientRect().right > room + 1 && !held(el));
    return [`${document.documentElement.scrollWidth} px wide in ${room}: ${few(out.map(named)).join(" | ")}`];
  }

  function cut(overflows = ["hidden", "clip"]) {
    const wide = (el, style) => overflows.includes(style.overflowX) && el.scrollWidth > el.clientWidth + 1;
    const high = (el, style) => overflows.includes(style.overflowY) && el.scrollHeight > el.clientHeight + 1;
    const hidden = (el) => el.clientWidth <= 1 || el.clientHeight <= 1;
    return few(
      elements("*:not(svg *, input, select, option, textarea)")
        .filter((el) => shown(el) && !hidden(el))
        .filter((el) => wide(el, getComputedStyle(el)) || high(el, getComputedStyle(el)))
        .map((el) => `cut: ${named(el)}`),
    );
  }

  function spaced() {
    document.adoptedStyleSheets = [SPACING];
    const found = [...sideways(), ...cut()];
    document.adoptedStyleSheets = [];
    return found;
  }

  function look(el) {
    const { outlineStyle, outlineWidth, boxShadow, borderColor, backgroundColor } = getComputedStyle(el);
    const outline = { none: 0, auto: 2 }[outlineStyle] ?? parseFloat(outlineWidth);
    return { outline, rest: [boxShadow, borderColor, backgroundColor].join() };
  }

  function covered(el) {
    const box = el.getClientRects()[0];
    const x = box.left + Math.min(box.width, innerWidth) / 2, y = box.top + Math.min(box.height, 48) / 2;
    if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return "outside the window";
    const top = document.elementFromPoint(x, y);
    return top && (el.contains(top) || top.contains(el)) ? "" : `under ${top && named(top)}`;
  }

  function focusOf(el) {
    const before = look(el);
    el.focus();
    if (document.activeElement !== el) return "takes no focus";
    const after = look(el);
    if (after.outline < 2 && after.rest === before.rest) return "focus cannot be seen";
    return covered(el);
  }

  // After a real press of Tab, so that the browser shows focus as for a keyboard.
  function focus() {
    const found = elements("[tabindex]").filter((el) => el.tabIndex > 0).map((el) => `tabindex: ${named(el)}`);
    for (const el of elements(FOCUSABLE).filter((el) => el.tabIndex >= 0 && !el.disabled && shown(el))) {
      const problem = focusOf(el);
      if (problem) found.push(`${problem}: ${named(el)}`);
    }
    return few(found);
  }

  // What comes later in the text stands above what comes before it.
  function disorder() {
    const boxes = elements("main :is(h1, h2, h3, p, li, td, th, dt, dd, label, button)").filter(shown);
    const at = boxes.map((el) => el.getBoundingClientRect());
    const above = (one, next) => next.bottom <= one.top && next.left < one.right && one.left < next.right;
    return few(boxes.filter((_, i) => i && above(at[i - 1], at[i])).map((el) => `above what it follows: ${named(el)}`));
  }

  // What waits to be told while something runs (role=status) is left out: it is hidden until then.
  function unstyled() {
    for (const el of elements("[role=status]").filter((el) => ![...el.querySelectorAll("*")].every(shown))) el.remove();
    const words = () => document.body.innerText.toLowerCase().replace(/\s+/g, "");
    const styled = words();
    for (const sheet of document.styleSheets) sheet.disabled = true;
    const bare = words();
    for (const sheet of document.styleSheets) sheet.disabled = false;
    if (styled === bare) return disorder();
    let at = 0;
    while (styled[at] === bare[at]) at += 1;
    return [`with style sheets "${styled.slice(at, at + 60)}", without "${bare.slice(at, at + 60)}"`];
  }

  function printed() {
    const found = elements(".nav, .head form, .skip, .no-print").filter(shown).map((el) => `printed: ${named(el)}`);
    return [...few(found), ...cut(["hidden", "clip", "auto", "scroll"])];
  }

  function moving() {
    const long = (text) => text.split(",").some((one) => parseFloat(one) > 0.01);
    return few(
      elements("*")
        .filter((el) => long(getComputedStyle(el).transitionDuration) || getComputedStyle(el).animationName !== "none")
        .map((el) => `moves: ${named(el)}`),
    );
  }

  // What the eye sees of texts, so that a page that shows nothing new need not be asked again.
  function colours() {
    const behind = (el) => (el && getComputedStyle(el).backgroundColor !== "rgba(0, 0, 0, 0)" ? getComputedStyle(el).backgroundColor : el && behind(el.parentElement));
    const written = elements("*").filter((el) => [...el.childNodes].some((one) => one.nodeType === 3 && one.data.trim()));
    const seen = (el, { color, fill, fontSize, fontWeight } = getComputedStyle(el)) => [color, fill, behind(el), fontSize, fontWeight].join();
    return [...new Set(written.filter(shown).map((el) => seen(el)))];
  }

  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });

  // A colour as CSS writes it, laid over another: red, green, blue.
  function over(colour, under) {
    canvas.fillStyle = `rgb(${under.join()})`;
    canvas.fillRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  }

  const surface = (el) => (el ? over(getComputedStyle(el).backgroundColor, surface(el.parentElement)) : [255, 255, 255]);

  // WCAG 2.2, relative luminance and contrast ratio.
  function luminance(rgb) {
    const [r, g, b] = rgb.map((one) => one / 255).map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function contrast(one, other) {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  }

  const tooFaint = (colour, under) => contrast(over(colour, under), under) < 3;

  // The border (any side) and the outline of a box, as far as they are drawn.
  function drawn(el) {
    const style = getComputedStyle(el);
    const sides = ["Top", "Right", "Bottom", "Left"].filter((one) => parseFloat(style[`border${one}Width`]) > 0);
    const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 ? [style.outlineColor] : [];
    return [...sides.map((one) => style[`border${one}Color`]), ...outline];
  }

  // A list to choose from is framed by what is right around it.
  const framed = (el) => (el.matches("select") && el.parentElement.childElementCount === 1 ? [el, el.parentElement] : [el]);

  // Fields are seen by what is drawn around them, or by another background than what is behind them.
  function faintField(el) {
    const style = getComputedStyle(el), frames = framed(el), around = surface(frames.at(-1).parentElement);
    if (!el.matches("input, select, textarea") || (style.appearance !== "none" && el.matches("[type=checkbox], [type=radio], [type=file]"))) return "";
    const seen = frames.flatMap(drawn).some((one) => !tooFaint(one, around)) || contrast(surface(el), around) >= 3;
    return seen ? "" : "its edge is too faint";
  }

  function faintFocus(el) {
    el.focus();
    const style = getComputedStyle(el), around = surface(el.parentElement);
    if (document.activeElement !== el || style.outlineStyle === "auto") return "";
    if (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) return tooFaint(style.outlineColor, around) ? "its focus is too faint" : "";
    const shadows = style.boxShadow.match(/(?:rgba?|color)\([^)]*\)/g) ?? [];
    return shadows.some((one) => !tooFaint(one, around)) ? "" : "its focus is too faint";
  }

  // Lines of pictures tell something; frames of boxes do not.
  function faintLines() {
    const lines = elements("svg .edge path").filter(shown);
    return lines.filter((el) => tooFaint(getComputedStyle(el).stroke, surface(el.closest("div")))).map((el) => `too faint: ${named(el)}`);
  }

  // Controls by tag, classes and what is behind them; those of a kind in `known` were measured on another page.
  function edges(known) {
    document.activeElement.blur();
    const kind = (el) => [el.tagName, el.type, el.className, surface(el.parentElement)].join();
    const all = elements(FOCUSABLE).filter((el) => el.tabIndex >= 0 && !el.disabled && shown(el));
    const fresh = new Map(all.filter((el) => !known.includes(kind(el))).map((el) => [kind(el), el]));
    const found = [...fresh.values()].flatMap((el) => [faintField(el), faintFocus(el)].filter(Boolean).map((one) => `${one}: ${named(el)}`));
    return { found: few([...found, ...faintLines()]), kinds: [...fresh.keys()] };
  }

  // What a page is built of: each element with its classes, inside another.
  function built() {
    const kind = (el) => [el.tagName, el.type, el.getAttribute("role"), ...el.classList].join(".");
    return [...new Set(elements("*:not(svg *)").map((el) => `${kind(el.parentElement)} ${kind(el)}`))];
  }

  // Rows of a long list are made by the same line of a template: a dozen stand for all.
  function shorten(most = 12) {
    for (const el of elements(`tbody > tr:nth-child(n + ${most}), main li:nth-child(n + ${most})`)) el.remove();
  }

  return { built, shorten, edges, colours, axe, sideways, cut, spaced, focus, unstyled, printed, moving };
})();
