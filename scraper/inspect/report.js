"use strict";
(() => {
  const GRAM = 6; // letters.py has the same number
  const ENOUGH = 0.6; // share of what was pasted that a block must hold
  const MOST_WHOLE = 50; // blocks in which others are looked for
  const WITHIN = 0.8; // share of a block that must stand in what was pasted
  const LEAST = 20; // letters of a block that may be found within a longer text
  const FEW = 12; // letters below which a search is for the very letters
  const list = document.querySelector(".blocks");
  const blocks = [...document.querySelectorAll(".block")];
  const places = [...document.querySelectorAll(".place")];
  const parts = [...document.querySelectorAll(".part[data-from]")];
  const rescued = [...document.querySelectorAll(".part:not([data-from])")];
  const answer = document.getElementById("answer");
  const box = document.getElementById("q");

  const letters = (text) => text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const textOf = (node) => (node.querySelector(".text") || node).textContent;
  const squeezed = new Map();
  const lettersOf = (node) => {
    if (!squeezed.has(node)) squeezed.set(node, letters(textOf(node)));
    return squeezed.get(node);
  };
  const gramsOf = (text) => {
    const found = new Set();
    for (let i = 0; i <= Math.max(0, text.length - GRAM); i++) found.add(text.slice(i, i + GRAM));
    return found;
  };
  const make = (tag, kind, text) => {
    const node = document.createElement(tag);
    if (kind) node.className = kind;
    if (text !== undefined) node.textContent = text;
    return node;
  };

  // Blocks and the article

  const visible = (node) => node.offsetParent !== null && !node.closest("details:not([open])");
  const reveal = (node) => {
    const fold = node.closest("details");
    if (fold) fold.open = true;
    if (!visible(node)) show("all");
    node.focus({ preventScroll: true });
    node.scrollIntoView({ block: "center" });
  };
  const light = (number) => {
    for (const part of parts) part.classList.toggle("lit", part.dataset.from === number);
  };
  const partOf = (block) => parts.find((part) => part.dataset.from === block.id.slice(1));
  list.addEventListener("focusin", (event) => {
    const block = event.target.closest(".block");
    if (!block) return;
    light(block.id.slice(1));
    const part = partOf(block);
    const paper = document.querySelector(".paper");
    if (part && paper.scrollHeight > paper.clientHeight) {
      paper.scrollTop += part.getBoundingClientRect().top - paper.getBoundingClientRect().top - paper.clientHeight / 3;
    }
  });
  for (const part of parts) {
    const block = document.getElementById("b" + part.dataset.from);
    part.addEventListener("click", () => reveal(block));
    part.addEventListener("mouseenter", () => block.classList.add("lit"));
    part.addEventListener("mouseleave", () => block.classList.remove("lit"));
  }
  for (const bar of document.querySelectorAll(".map rect")) {
    bar.addEventListener("click", () => reveal(document.getElementById("b" + bar.dataset.to)));
  }

  // Filters

  const buttons = [...document.querySelectorAll(".filters button")];
  const matches = (block, name) => name === "all" || block.classList.contains(name);
  function show(name) {
    list.dataset.show = name;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.show === name));
    const number = blocks.filter((block) => matches(block, name)).length;
    document.getElementById("count").textContent = number + (number === 1 ? " block" : " blocks");
    if (name === "differs") for (const fold of list.querySelectorAll("details:has(.differs)")) fold.open = true;
  }
  for (const button of buttons) button.addEventListener("click", () => show(button.dataset.show));

  // Why is it missing?

  function found(nodes, query) {
    const grams = gramsOf(query);
    const hits = [];
    for (const node of nodes) {
      const own = lettersOf(node);
      if (!own) continue;
      if (query.length < FEW) {
        if (own.includes(query)) hits.push({ node, share: query.length / own.length });
        continue;
      }
      const mine = gramsOf(own);
      let common = 0;
      for (const gram of mine) if (grams.has(gram)) common++;
      const share = common / grams.size;
      if (share >= ENOUGH || (own.length >= LEAST && common >= WITHIN * mine.size)) hits.push({ node, share });
    }
    return telling(hits, query);
  }
  // Those that hold the very letters; else all but links and teasers, whose words stand in one of the others.
  function telling(hits, query) {
    const exact = hits.filter((hit) => lettersOf(hit.node).includes(query));
    if (exact.length) return exact;
    const sets = hits.map((hit) => gramsOf(lettersOf(hit.node)));
    const whole = sets.filter((_, index) => hits[index].share >= ENOUGH).slice(0, MOST_WHOLE);
    const within = (mine, other) => [...mine].filter((gram) => other.has(gram)).length >= WITHIN * mine.size;
    return hits.filter((hit, index) => hit.share >= ENOUGH || !whole.some((other) => within(sets[index], other)));
  }

  function finding(hit) {
    const state = ["kept", "moved", "dropped"].find((name) => hit.node.classList.contains(name));
    const card = make("div", "finding " + state);
    for (const child of hit.node.querySelector(".why").childNodes) card.append(child.cloneNode(true));
    card.append(make("q", "", shortened(textOf(hit.node))));
    const go = make("button", "", "Show it on the page");
    go.addEventListener("click", () => reveal(hit.node));
    card.append(go);
    return card;
  }
  function hiddenFinding(hit) {
    const card = make("div", "finding hidden");
    card.append(make("b", "verdict", "Not on the page as text: " + hit.node.dataset.where));
    card.append(make("span", "meaning", "The source holds it where no reader sees it; in a browser, a script shows it. " +
      "`--render always` lets a browser build the page first."));
    card.append(make("q", "", shortened(textOf(hit.node))));
    return card;
  }
  function rescuedFinding(hit) {
    const card = make("div", "finding kept");
    card.append(make("b", "verdict", "In the article, though the page does not show it"));
    card.append(make("span", "meaning", "It was taken from the page's metadata or a picture's caption."));
    card.append(make("q", "", shortened(textOf(hit.node))));
    return card;
  }
  const shortened = (text) => (text.length > 220 ? text.slice(0, 220) + " …" : text);
  function absent() {
    const card = make("div", "finding absent");
    card.append(make("b", "verdict", "This text is not in the page as it was read."));
    card.append(make("span", "meaning", "Neither in a block nor in a script, an attribute or a comment. It is loaded later by a script, stands on " +
      "another page of the article, is shown to subscribers only, or was changed since. Look for it in the answer of curl, not in the browser's inspector."));
    return card;
  }

  const MOST = 12;
  function ask() {
    for (const block of blocks) block.classList.remove("found");
    const query = letters(box.value);
    answer.replaceChildren();
    if (query.length < 3) return;
    const hits = found(blocks, query);
    for (const hit of hits) hit.node.classList.add("found");
    if (hits.length > 1) {
      const lost = hits.filter((hit) => hit.node.classList.contains("dropped")).length;
      answer.append(make("p", "", hits.length + " blocks hold it: " + (hits.length - lost) + " kept, " + lost + " dropped."));
    }
    answer.append(...hits.slice(0, MOST).map(finding));
    const aside = hits.length ? [] : found(rescued, query);
    answer.append(...aside.slice(0, MOST).map(rescuedFinding));
    const elsewhere = hits.length || aside.length ? [] : found(places, query);
    answer.append(...elsewhere.slice(0, MOST).map(hiddenFinding));
    if (!hits.length && !aside.length && !elsewhere.length) answer.append(absent());
    if (hits.length) {
      const first = hits.reduce((one, other) => (other.share > one.share ? other : one)).node;
      const fold = first.closest("details");
      if (fold) fold.open = true;
      if (!visible(first)) show("all");
    }
    return hits;
  }
  let waiting = 0;
  box.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 120); });
  box.addEventListener("paste", () => setTimeout(jump, 0));
  function jump() {
    const hits = ask();
    if (hits && hits.length) {
      const first = hits.reduce((one, other) => (other.share > one.share ? other : one)).node;
      reveal(first);
    }
  }

  // Keys

  function move(step, wanted) {
    const row = blocks.filter((block) => visible(block) && wanted(block));
    if (!row.length) return;
    const here = document.activeElement.closest ? document.activeElement.closest(".block") : null;
    let next;
    if (here === null) next = step > 0 ? row[0] : row[row.length - 1];
    else {
      const place = (node) => here.compareDocumentPosition(node);
      const side = step > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
      const there = row.filter((block) => block !== here && place(block) & side);
      next = step > 0 ? there[0] : there[there.length - 1];
    }
    if (next) reveal(next);
  }
  const any = () => true;
  const doubtful = (block) => block.classList.contains("unsure");
  const keys = {
    j: () => move(1, any), k: () => move(-1, any), n: () => move(1, doubtful), p: () => move(-1, doubtful),
    "/": () => { box.focus(); box.select(); },
    "?": () => { const help = document.querySelector(".keys"); help.open = !help.open; },
    Enter: () => { const block = document.activeElement.closest(".block"); const part = block && partOf(block); if (part) { light(part.dataset.from); part.scrollIntoView({ block: "center" }); } },
  };
  buttons.forEach((button, index) => { keys[String(index + 1)] = () => show(button.dataset.show); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      document.querySelector(".keys").open = false;
      if (document.activeElement === box) { box.value = ""; ask(); }
      document.activeElement.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target === box) return;
    if (event.key === "Enter" && !event.target.classList.contains("block")) return;
    const act = keys[event.key];
    if (act) { event.preventDefault(); act(); }
  });
  show("all");
})();
