"use strict";
(() => {
  const root = document.documentElement;
  const find = (id) => document.getElementById(id);
  const cases = [...document.querySelectorAll(".case")];
  const text = find("filter-text"), verdict = find("filter-verdict"), standard = find("filter-standard");
  const tiles = [...document.querySelectorAll(".tiles button")];
  const batch = 200;

  // Everything from the record enters the page as text, never as markup.
  const make = (tag, name, ...inside) => {
    const node = document.createElement(tag);
    if (name) node.className = name;
    node.append(...inside.filter((each) => each !== null && each !== undefined && each !== ""));
    return node;
  };
  const words = (zh, en) => {
    if (zh === en) return make("span", "", zh);
    const pair = document.createDocumentFragment();
    for (const [language, said] of [["zh", zh], ["en", en]]) {
      const node = make("span", "", said);
      node.lang = language;
      pair.append(node);
    }
    return pair;
  };
  const either = (said) => (Array.isArray(said) ? words(said[0], said[1]) : words(said, said));
  const spaced = (hex) => (/^([0-9A-F*]{2})*$/.test(hex) ? hex.replace(/..(?=.)/g, "$& ") : hex);
  const grouped = (text) => text.split(" ").map((item) => (item.length > 4 ? spaced(item) : item)).join("  ");
  const took = (us) => (us < 1000 ? us + " µs" : us < 1e5 ? (us / 1e3).toFixed(1) + " ms" : us < 1e6 ? (us / 1e3).toFixed(0) + " ms" : (us / 1e6).toFixed(2) + " s");

  // Language
  const speak = (language) => {
    root.dataset.lang = language;
    root.lang = language === "zh" ? "zh-CN" : "en";
    if (text) text.placeholder = text.dataset[language];
    for (const option of document.querySelectorAll("option[data-zh]")) option.textContent = option.dataset[language];
    for (const button of document.querySelectorAll("[data-set-lang]"))
      button.setAttribute("aria-pressed", String(button.dataset.setLang === language));
    count();
  };

  // Filters
  const count = () => {
    if (!text) return;
    const shown = cases.filter((each) => !each.hidden).length;
    find("filter-count").textContent = root.dataset.lang === "zh" ? shown + " / " + cases.length + " 个" : shown + " of " + cases.length;
    find("filter-none").hidden = shown > 0;
  };
  const filter = () => {
    if (!text) return;
    const wanted = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const each of cases) {
      const own = each.dataset;
      each.hidden = (verdict.value && own.verdict !== verdict.value) || (standard.value && own.standard !== standard.value) ||
        !wanted.every((word) => own.text.toLowerCase().includes(word));
    }
    for (const group of document.querySelectorAll(".standard")) group.hidden = !group.querySelector(".case:not([hidden])");
    for (const tile of tiles) tile.setAttribute("aria-pressed", String(tile.dataset.verdict === verdict.value));
    count();
  };
  // The page of one case of a large run has nothing to filter.
  for (const control of [text, verdict, standard]) control?.addEventListener("input", filter);
  document.querySelector(".filters")?.addEventListener("submit", (event) => event.preventDefault());
  for (const tile of tiles)
    tile.addEventListener("click", () => {
      verdict.value = verdict.value === tile.dataset.verdict ? "" : tile.dataset.verdict;
      filter();
      if (verdict.value) find("cases").scrollIntoView();
    });
  for (const button of document.querySelectorAll("[data-set-lang]"))
    button.addEventListener("click", () => speak(button.dataset.setLang));

  // Exchanges, drawn when their case is first opened
  const names = JSON.parse(find("names")?.textContent ?? "{}");
  const phases = {setup: ["准备", "Setup"], steps: ["步骤", "Steps"], cleanup: ["清理", "Cleanup"]};

  const row = (way, bytes, label, meaning, kind) =>
    make("tr", kind, make("td", "way", way), make("td", "hex", bytes), make("td", "label", label), make("td", "", meaning));

  // Of a field that is taken apart below, and stands inside another, only the size is shown.
  const rows = (table, hex, fields, meanings, way) =>
    fields.forEach(([name, offset, size, depth], index) => {
      const apart = depth > 0 && index + 1 < fields.length && fields[index + 1][3] > depth;
      table.append(row(index ? "" : way, apart ? make("span", "size", words(size + " 字节", size + " bytes")) : spaced(hex.slice(2 * offset, 2 * (offset + size))),
        either(names.texts[name]), meanings && meanings[index] ? either(meanings[index]) : "", "d" + Math.min(depth, 4) + (!index && way === "←" ? " answer" : "")));
    });

  // Where a stretch of time stands in a longer one.
  const lane = (at, us, from, whole, name) => {
    const bar = make("i", name || "");
    bar.style.left = (100 * (at - from)) / whole + "%";
    bar.style.width = (100 * us) / whole + "%";
    return make("span", "lane", bar);
  };

  const drawExchange = (item, from, whole) => {
    const shape = names.shapes[item.f];
    const table = make("table", "fields");
    rows(table, item.c, shape.sent, item.m, "→");
    if (!shape.sent.length) table.append(row("→", item.c, "", ""));
    if (item.r.length < 4) {
      table.append(row("←", spaced(item.r), make("b", "", words("应答丢失", "answer lost")), "", "answer"));
    } else {
      rows(table, item.r, shape.received, item.n, "←");
      const first = !shape.received.length;
      table.append(row(first ? "←" : "", spaced(item.r.slice(-4)), words("状态字", "status word"), make("span", "sw", either(names.texts[item.w])), first ? "answer" : ""));
    }
    const node = make("div", "exchange",
      make("div", "head", make("span", "cmd", either(names.texts[shape.name])), make("span", "step", item.d + " · " + item.s), lane(item.t, item.u, from, whole), make("span", "time", took(item.u))),
      table);
    if (item.y) {
      const list = make("details", "tpdus", make("summary", "", item.y.length + " TPDU"));
      for (const [command, response] of item.y) list.append(make("span", "hex", "→ " + spaced(command)), make("span", "hex", "← " + spaced(response)));
      node.append(list);
    }
    if (item.e) node.append(make("p", "says", words("设备说明：", "The device says: "), either(item.e)));
    return node;
  };

  // What something under test was asked to do, or what came of it.
  const drawAction = (item) => {
    const asked = item.k === "a";
    const table = make("table", "fields");
    item.v.forEach(([name, value], index) =>
      table.append(row(index ? "" : asked ? "→" : "←", value, name, "", !index && !asked ? "answer" : "")));
    const node = make("div", "exchange",
      make("div", "head", make("span", "cmd", item.c, " ", asked ? words("（要求）", "(asked)") : words("（结果）", "(result)")),
        make("span", "step", item.d + " · " + item.s), asked ? null : make("span", "time", took(item.u))));
    if (item.v.length) node.append(table);
    if (item.e) node.append(make("p", "says", item.e));
    return node;
  };

  const drawCheck = (item) => {
    const said = make("div", "", make("code", "", grouped(item.x)));
    if (!item.o) said.append(make("span", "sep", words("实为", "received")), make("code", "", grouped(item.v)));
    if (item.b) said.append(make("span", "sep", "—"), either(item.b));
    if (item.g) said.append(make("div", "message", either(item.g)));
    return make("div", item.o ? "check" : "check bad", make("span", "sign", item.o ? "✓" : "✗"), said);
  };

  const draw = (which) => {
    const data = find("trace-" + which.dataset.index), place = which.querySelector(".trace");
    if (!data || !place || place.childNodes.length) return;
    const items = JSON.parse(data.textContent);
    const exchanges = items.filter((item) => item.k === "x");
    const from = exchanges.length ? exchanges[0].t : 0, end = exchanges.at(-1);
    const whole = end ? Math.max(end.t + end.u - from, 1) : 1;
    let next = 0, phase = "", last = null;
    const button = make("button", "more");
    button.type = "button";
    const go = () => {
      const part = document.createDocumentFragment();
      for (const stop = Math.min(next + batch, items.length); next < stop; ++next) {
        const item = items[next];
        if (item.p !== phase) {
          phase = item.p;
          part.append(make("p", "phase", either(phases[phase] || phase)));
          last = null;
        }
        if (item.k === "x" || item.k === "a" || item.k === "o") {
          last = item.k === "x" ? drawExchange(item, from, whole) : drawAction(item);
          last.dataset.step = item.s;
          part.append(last);
        } else if (item.k === "c") {
          // A check of a step that sent nothing stands by itself.
          if (!last || last.dataset.step !== item.s) {
            last = make("div", "exchange", make("div", "head", make("span", "cmd", words("比较", "Comparison")), make("span", "step", item.s)));
            last.dataset.step = item.s;
            part.append(last);
          }
          last.append(drawCheck(item));
          if (!item.o) last.classList.add("bad");
        } else {
          part.append(make("div", "reset", words("复位 ", "Reset "), item.d,
                             ...(item.a ? [" · ATR ", make("span", "hex", spaced(item.a))] : [])));
          last = null;
        }
      }
      button.before(part);
      button.hidden = next === items.length;
      button.replaceChildren(words("再显示，余 " + (items.length - next), "Show more, " + (items.length - next) + " left"));
    };
    place.append(button);
    button.addEventListener("click", go);
    go();
  };
  document.addEventListener("toggle", (event) => {
    if (event.target.open && event.target.classList.contains("case")) draw(event.target);
  }, true);

  // Times: a stripe for each case that ran, and the slowest of them as bars.
  const drawTimes = () => {
    const ran = cases.map((each) => ({each, at: +each.dataset.at, us: +each.dataset.us})).filter((one) => one.us > 0);
    if (!ran.length || !find("times")) return;
    const whole = ran.reduce((most, one) => Math.max(most, one.at + one.us), 1);
    const link = (one, name, ...inside) => {
      const node = make("a", name, ...inside);
      node.href = "#" + one.each.id;
      node.title = one.each.querySelector("summary code").textContent + " · " + took(one.us);
      return node;
    };
    const stripes = document.createDocumentFragment();
    for (const one of ran) {
      const stripe = link(one, one.each.dataset.verdict);
      stripe.style.left = (100 * one.at) / whole + "%";
      stripe.style.width = (100 * one.us) / whole + "%";
      stripe.tabIndex = -1;
      stripes.append(stripe);
    }
    find("strip").append(stripes);
    const slowest = [...ran].sort((a, b) => b.us - a.us).slice(0, 20).sort((a, b) => a.at - b.at);
    for (const one of slowest)
      find("waterfall").append(link(one, "", make("code", "", one.each.querySelector("summary code").textContent),
        lane(one.at, one.us, 0, whole, one.each.dataset.verdict), make("span", "n", took(one.us))));
    find("times").hidden = false;
  };

  // Requirements of one cell of the matrix
  const table = find("requirement-table"), cells = [...document.querySelectorAll(".matrix button")];
  const choose = (cell) => {
    for (const row of table.tBodies[0].rows)
      row.hidden = cell !== null && (row.dataset.group !== cell.dataset.group || !row.classList.contains(cell.dataset.verdict));
    for (const each of cells) each.setAttribute("aria-pressed", String(each === cell));
    find("chosen").hidden = cell === null;
    if (cell) find("chosen-text").textContent = cell.dataset.group + " · " + cell.textContent;
  };
  for (const cell of cells) cell.addEventListener("click", () => choose(cell.getAttribute("aria-pressed") === "true" ? null : cell));
  find("chosen-all")?.addEventListener("click", () => choose(null));

  const reveal = () => {
    const target = location.hash.length > 1 ? find(location.hash.slice(1)) : null;
    if (!target || !target.classList.contains("case")) return;
    if (target.hidden) {
      text.value = verdict.value = standard.value = "";
      filter();
    }
    target.open = true;
    draw(target);
    target.scrollIntoView();
    target.querySelector("summary").focus({preventScroll: true});
  };
  window.addEventListener("hashchange", reveal);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#case-']");
    if (link && link.hash === location.hash) reveal();
  });

  // Keys: / filters, Escape clears, j and k go from case to case.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (text && event.key === "Escape" && (text.value || verdict.value || standard.value)) {
      text.value = verdict.value = standard.value = "";
      filter();
      return;
    }
    if (event.target.matches("input, select")) return;
    if (text && event.key === "/") {
      event.preventDefault();
      text.focus();
    } else if (event.key === "j" || event.key === "k") {
      const shown = cases.filter((each) => !each.hidden).map((each) => each.firstElementChild);
      const at = shown.indexOf(document.activeElement);
      const next = at < 0 ? shown[0] : shown[at + (event.key === "j" ? 1 : -1)];
      if (next) next.focus();
    }
  });

  speak(root.dataset.lang);
  filter();
  drawTimes();
  if (!text) draw(cases[0]);
  reveal();
})();
