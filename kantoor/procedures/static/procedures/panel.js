/* The form beside the drawing: what Kantoor has to know of the element that is chosen. */
window.KantoorPanel = (form, modeler) => {
  "use strict";
  const { kindOf, accessors } = window.KantoorModel;
  const model = accessors(modeler);
  const panel = form.querySelector("[data-panel]");
  const datalist = (name) => document.getElementById(`p-${name}`);
  let known = {};
  let element = null;

  const offer = (name, entries) => datalist(name).replaceChildren(...entries.map((each) => {
    const option = document.createElement("option");
    option.value = each.name;
    if (each.title) option.label = `${each.title} (${each.name})`;
    return option;
  }));

  /** What may be named, as the server told it. */
  function learn({ words: _words, ...lists }) {
    known = lists;
    Object.keys(lists).forEach((name) => offer(name, lists[name]));
    show(element);
  }

  const shownFor = (kinds, kind) => kinds.split(" ").some((each) => each === "*" || each === kind || (each === "*repeated" && element.businessObject.loopCharacteristics));
  const call = () => {
    const bo = element.businessObject;
    const name = bo.get("kantoor:action") || bo.get("kantoor:query");
    return name && [...(known.actions || []), ...(known.queries || [])].find((each) => each.name === name);
  };

  function show(chosen) {
    element = chosen?.businessObject ? chosen : null;
    panel.hidden = !element;
    if (!element) return;
    const kind = kindOf(element);
    for (const group of panel.querySelectorAll("[data-for]")) group.hidden = !shownFor(group.dataset.for, kind);
    for (const control of panel.querySelectorAll("[data-prop]")) {
      if (control.closest("[hidden]")) continue;
      const value = model.property(control.dataset.prop).get(element);
      if (control.type === "checkbox") control.checked = value;
      else control.value = value;
    }
    panel.querySelector("[data-id]").textContent = element.businessObject.id;
    const rows = model.rows(element);
    for (const place of panel.querySelectorAll("[data-rows]")) {
      const kinds = place.dataset.rows === "input" ? ["input", "offer"] : [place.dataset.rows];
      place.replaceChildren(...rows.filter((row) => kinds.includes(row.kind)).map((row) => rowFor(place.dataset.rows, row)));
    }
    offer("parts", call()?.parts || []);
    offer("fields", (known.events || []).find((each) => each.name === model.property("message:name").get(element))?.parts || []);
  }

  function rowFor(kind, values) {
    const made = form.querySelector(`template[data-row="${kind}"]`).content.firstElementChild.cloneNode(true);
    for (const control of made.querySelectorAll("[data-part]")) {
      const value = control.dataset.part === "as" ? values.kind : values[control.dataset.part] || "";
      if (control.type === "checkbox") control.checked = value === "true";
      else if (value || control.tagName !== "SELECT") control.value = value;
    }
    return made;
  }

  const written = () => [...panel.querySelectorAll("[data-for]:not([hidden]) .p-row")].map((row) => {
    const values = { kind: row.dataset.kind };
    for (const control of row.querySelectorAll("[data-part]")) {
      const value = control.type === "checkbox" ? (control.checked ? "true" : "") : control.value.trim();
      if (control.dataset.part === "as") values.kind = value;
      else values[control.dataset.part] = value;
    }
    return values;
  });
  // What stands in groups that are not shown for this kind is kept as it is.
  const keepRows = () => {
    const shown = new Set([...panel.querySelectorAll("[data-for]:not([hidden]) [data-rows]")].flatMap((place) => (place.dataset.rows === "input" ? ["input", "offer"] : [place.dataset.rows])));
    model.setRows(element, [...model.rows(element).filter((row) => !shown.has(row.kind)), ...written()]);
  };

  panel.addEventListener("change", (event) => {
    if (!element) return;
    const control = event.target;
    if (control.dataset.prop) {
      const value = control.type === "checkbox" ? control.checked : control.value.trim();
      model.property(control.dataset.prop).set(element, value);
      if (control.dataset.prop === "action" || control.dataset.prop === "query") fillIn();
      if (["action", "query", "message:name"].includes(control.dataset.prop)) show(element);
    } else if (control.dataset.part) keepRows();
  });
  // The parameters that an action asks for stand ready to be filled in.
  function fillIn() {
    const rows = model.rows(element);
    const named = new Set(rows.map((row) => row.name));
    const asked = /serviceTask|sendTask|businessRuleTask|intermediateCatchEvent/.test(kindOf(element)) ? (call()?.parts || []).filter((part) => part.required && !named.has(part.name)) : [];
    if (asked.length) model.setRows(element, [...rows, ...asked.map((part) => ({ kind: "input", name: part.name, value: "" }))]);
  }
  panel.addEventListener("click", (event) => {
    const add = event.target.closest("[data-add]");
    if (add) {
      const place = panel.querySelector(`[data-rows="${add.dataset.add}"]`);
      place.append(rowFor(add.dataset.add, {}));
      place.lastElementChild.querySelector("input").focus();
    }
    const drop = event.target.closest("[data-drop]");
    if (drop) {
      const beside = drop.closest("[data-for]").querySelector("[data-add]");
      drop.closest(".p-row").remove();
      keepRows();
      beside.focus();
    }
  });
  form.addEventListener("submit", (event) => event.preventDefault());

  return { learn, show, offerTasks: (tasks) => offer("tasks", tasks) };
};
