/* The editor: draws, says as one draws what can't run, and keeps versions. */
(() => {
  "use strict";
  const form = document.querySelector("[data-editor]");
  if (!form) return;
  const { DESCRIPTOR, kindOf, withLists } = window.KantoorModel;
  const all = (selector) => [...form.querySelectorAll(selector)];
  const one = (selector) => form.querySelector(selector);
  const save = document.querySelector("[data-save]");
  const COLOURS = { defaultFillColor: "var(--k-raised)", defaultStrokeColor: "var(--k-text-2)", defaultLabelColor: "var(--k-text)" };
  const PAUSE_MS = 500;

  form.hidden = false;
  const words = document.documentElement.lang === "nl" ? window.KantoorWords : {};
  const translate = (text, values) => (words[text] || text).replace(/{([^}]+)}/g, (whole, name) => values?.[name] ?? whole);
  const modeler = new window.BpmnJS({
    container: one("[data-canvas]"), bpmnRenderer: COLOURS, moddleExtensions: { kantoor: DESCRIPTOR },
    additionalModules: [{ translate: ["value", translate] }],
  });
  const [canvas, registry, selection, stack, modeling, overlays] = ["canvas", "elementRegistry", "selection", "commandStack", "modeling", "overlays"].map((name) => modeler.get(name));
  const panel = window.KantoorPanel(form, modeler);
  let kindWords = {};
  let faulty = [];
  let changed = false;

  // --- choosing

  const chosen = () => selection.get()[0] || canvas.getRootElement();
  // What has no name yet is called by its kind; a flow by what it connects.
  const nameOf = (element) => {
    const name = element.businessObject.name?.replace(/\s+/g, " ").trim();
    if (name) return name;
    if (element.waypoints && element.source && element.target) return `${nameOf(element.source)} \u2192 ${nameOf(element.target)}`;
    return kindWords[kindOf(element).split(":")[0]] || element.businessObject.id;
  };
  const drawn = () => registry.filter((each) => !each.labelTarget && each !== canvas.getRootElement());
  const choices = (select, elements, first) => {
    select.replaceChildren(...[...(first ? [["", first]] : []), ...elements.map((each) => [each.id, nameOf(each)])].map(([value, text]) => Object.assign(document.createElement("option"), { value, textContent: text })));
  };
  function list() {
    const elements = drawn();
    choices(one("[data-choose]"), elements, form.dataset.whole);
    choices(one("[data-target]"), elements.filter((each) => !each.waypoints && !/startEvent|boundaryEvent|lane|participant/.test(kindOf(each))));
    panel.offerTasks([{ name: "requester" }, ...elements.filter((each) => /^(task|userTask|manualTask)$/.test(kindOf(each))).map((each) => ({ name: each.id, title: nameOf(each) }))]);
    one("[data-choose]").value = selection.get()[0]?.id || "";
  }
  function choose(name, scroll) {
    const element = registry.get(name);
    selection.select(element || null);
    if (element && scroll) canvas.scrollToElement(element, 100);
  }
  one("[data-choose]").addEventListener("change", (event) => choose(event.target.value, true));
  modeler.on("selection.changed", () => { panel.show(chosen()); one("[data-choose]").value = selection.get()[0]?.id || ""; });

  // --- the toolbar: everything that the mouse can do

  const acts = {
    undo: () => stack.undo(),
    redo: () => stack.redo(),
    append() {
      const source = chosen();
      const [type, event] = one("[data-kind]").value.split(" ");
      if (source.waypoints || !source.parent) return;
      const attributes = { type: `bpmn:${type}`, ...(event ? { eventDefinitionType: `bpmn:${event}` } : {}) };
      const shape = modeler.get("elementFactory").createShape(attributes);
      if (type === "BoundaryEvent") modeling.createShape(shape, { x: source.x + source.width, y: source.y + source.height }, source, { attach: true });
      else modeler.get("autoPlace").append(source, shape);
      selection.select(shape);
    },
    connect() {
      const target = registry.get(one("[data-target]").value);
      const source = chosen();
      if (target && source.parent && !source.waypoints) modeling.connect(source, target);
    },
    remove() { if (chosen().parent) modeling.removeElements([chosen()]); },
    fit() { canvas.zoom("fit-viewport", "auto"); if (canvas.zoom() > 1) canvas.zoom(1, "auto"); },
    async export() {
      const { xml } = await modeler.saveXML({ format: true });
      const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([xml], { type: "application/xml" })), download: `${key()}.bpmn` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    },
  };
  form.addEventListener("click", (event) => {
    const name = event.target.closest("[data-do]")?.dataset.do;
    if (name) acts[name]();
  });
  const key = () => modeler.getDefinitions().rootElements.find((each) => each.$type === "bpmn:Process")?.id || "procedure";

  // --- what is found

  async function post(url, xml) {
    const headers = { "Content-Type": "application/xml", "X-CSRFToken": one("[name=csrfmiddlewaretoken]").value };
    const answer = await fetch(url, { method: "POST", headers, body: xml });
    if (!answer.headers.get("Content-Type")?.includes("json")) throw new Error(String(answer.status));
    return answer.json();
  }
  let waiting = 0;
  let round = 0;
  function checkSoon() { clearTimeout(waiting); waiting = setTimeout(check, PAUSE_MS); }
  async function check() {
    const mine = ++round;
    try {
      const { xml } = await modeler.saveXML();
      const found = await post(form.dataset.check, xml);
      if (mine !== round) return;
      show(found.refused ? [{ message: found.refused, element: "", level: "fault" }] : found.faults);
      say("");
    } catch { say(form.dataset.failed, "bad"); }
  }
  function show(faults) {
    for (const name of faulty) if (registry.get(name)) { canvas.removeMarker(name, "p-at-faulty"); canvas.removeMarker(name, "p-at-warned"); }
    overlays.remove({ type: "fault" });
    faulty = [...new Set(faults.map((fault) => fault.element).filter((name) => registry.get(name)))];
    for (const name of faulty) {
      const wrong = faults.some((fault) => fault.element === name && fault.level === "fault");
      canvas.addMarker(name, wrong ? "p-at-faulty" : "p-at-warned");
      if (wrong && !registry.get(name).waypoints) overlays.add(name, "fault", { position: { top: -10, right: 12 }, html: Object.assign(document.createElement("span"), { className: "p-badge p-badge-bad", textContent: "!" }) });
    }
    one("[data-count]").textContent = faults.length || "";
    one("[data-faults]").replaceChildren(...(faults.length ? faults.map(line) : [Object.assign(document.createElement("li"), { textContent: form.dataset.clean, className: "k-hint" })]));
    form.dataset.checked = String(faults.filter((fault) => fault.level === "fault").length);
  }
  function line(fault) {
    const row = document.createElement("li");
    const shape = Object.assign(document.createElement("i"), { className: "k-shape" });
    shape.setAttribute("aria-hidden", "true");
    row.className = `k-status ${fault.level === "fault" ? "k-bad" : "k-wait"}`;
    const element = registry.get(fault.element);
    const said = document.createElement(element ? "button" : "span");
    if (element) Object.assign(said, { type: "button", className: "k-link", onclick: () => { choose(fault.element, true); one("[data-panel] fieldset:not([hidden]) input")?.focus(); } });
    said.textContent = element ? `${nameOf(element)}: ${fault.message}` : fault.message;
    row.append(shape, said);
    return row;
  }
  function say(text, tone = "good") {
    const place = one("[data-said]");
    place.className = text ? `p-said k-notice k-${tone}` : "p-said";
    place.textContent = text;
  }

  // --- keeping

  // What is drawn keeps itself in this tab, until it is kept as a version.
  const DRAFT = `kantoor.drawing:${form.dataset.file}`;
  async function keepDraft() {
    const { xml } = await modeler.saveXML();
    try { sessionStorage.setItem(DRAFT, xml); } catch { /* full or forbidden: leaving asks then */ }
  }
  const draft = () => { try { return sessionStorage.getItem(DRAFT); } catch { return null; } };
  const forget = () => { try { sessionStorage.removeItem(DRAFT); } catch { /* nothing was kept */ } };
  one("[data-start-over]").addEventListener("click", () => { forget(); changed = false; location.reload(); });

  save.addEventListener("click", async () => {
    save.disabled = true;
    try {
      const { xml } = await modeler.saveXML({ format: true });
      const kept = await post(`${form.dataset.keep}?${new URLSearchParams({ note: one("[data-note]").value })}`, xml);
      if (kept.refused) say(kept.refused, "bad");
      else { changed = false; forget(); one("[data-drafted]").hidden = true; show(kept.faults); say(kept.said); history.replaceState(null, "", `?${new URLSearchParams({ procedure: kept.procedure, version: kept.version })}`); }
    } catch { say(form.dataset.failed, "bad"); }
    save.disabled = false;
  });
  addEventListener("beforeunload", (event) => { if (changed && !draft()) event.preventDefault(); });

  // --- begin

  (async () => {
    const [file, known] = await Promise.all([fetch(form.dataset.file), fetch(form.dataset.known)]);
    if (!file.ok || !known.ok) return say(form.dataset.failed, "bad");
    const before = draft();
    await modeler.importXML(before || withLists(await file.text()));
    one("[data-drafted]").hidden = !before;
    const svg = one("[data-canvas] svg");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", one("[data-canvas]").dataset.label);
    acts.fit();
    const told = await known.json();
    kindWords = told.words;
    list();
    panel.learn(told);
    panel.show(chosen());
    save.disabled = false;
    modeler.on("commandStack.changed", () => { changed = true; list(); panel.show(chosen()); checkSoon(); keepDraft(); });
    check();
  })();
})();
