/* Comfort on every page: keyboard, menus, lists, palette, toasts, remembered looks. Nothing needs it to work. */
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  const on = (event, act, options) => document.addEventListener(event, act, options);
  const visible = (element) => element && element.getClientRects().length > 0;
  const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  root.classList.add("has-script");

  // What only works with a script is hidden until there is one.
  const reveal = (within) => all("[data-shortcuts-open], [data-print]", within).forEach((e) => { e.hidden = false; });

  // Looks: at once here, and in a cookie so that the server draws the next page so.
  on("submit", (event) => {
    const name = event.target.dataset?.preference;
    if (!name || !event.submitter) return;
    event.preventDefault();
    const value = event.submitter.value;
    document.cookie = `${name}=${value};path=/;max-age=31536000;samesite=lax`;
    if (name === "theme") value === "system" ? root.removeAttribute("data-bs-theme") : root.setAttribute("data-bs-theme", value);
    else root.dataset[name] = value;
    if (name === "rail") event.submitter.value = value === "folded" ? "open" : "folded";
    all("button[aria-pressed]", event.target).forEach((b) => b.setAttribute("aria-pressed", String(b === event.submitter)));
    if (name === "theme") document.dispatchEvent(new CustomEvent("kantoor:theme"));
  });

  // Menus: one at a time; a press outside or Escape closes.
  const openMenus = () => all("details.k-menu[open]");
  const closeMenus = (except) => openMenus().forEach((menu) => { if (!menu.contains(except)) menu.open = false; });
  on("click", (event) => {
    const summary = event.target.closest?.("details.k-menu > summary");
    closeMenus(event.target);
    if (summary) requestAnimationFrame(() => keepInside(summary.parentElement));
  });
  function keepInside(menu) {
    const panel = one(":scope > .k-panel", menu);
    if (!menu.open || !panel || innerWidth < 768) return;
    panel.style.translate = "";
    const over = panel.getBoundingClientRect().right - (innerWidth - 8);
    if (over > 0) panel.style.translate = `${-over}px 0`;
    one("input:not([type=hidden]):not([type=checkbox]):not([type=radio])", panel)?.focus();
  }
  function escape() {
    const menu = openMenus().pop();
    if (!menu) return false;
    menu.open = false;
    one("summary", menu).focus();
    return true;
  }

  // Toasts go by themselves, but not while one looks at them or when they need hands.
  function settleToasts(within) {
    all(".k-toast", within).forEach((toast) => {
      if (toast.classList.contains("k-bad") || toast.dataset.settled) return;
      toast.dataset.settled = "1";
      const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : toast.remove());
      setTimeout(leave, one("form, a", toast) ? 12000 : 6000);
    });
  }
  on("click", (event) => event.target.closest?.("[data-dismiss]")?.closest(".k-toast").remove());

  // Rows: j and k move, enter opens, x selects, e edits; a press on a row opens it.
  const rows = () => all(".k-rows tbody tr").filter(visible);
  const linkOf = (row) => one(".k-main-link, a", row) || one("input", row);
  const current = () => document.activeElement?.closest?.(".k-rows tbody tr");
  function step(by) {
    const list = rows();
    if (!list.length) return false;
    const place = list.indexOf(current());
    const row = list[place < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(list.length - 1, Math.max(0, place + by))];
    linkOf(row).focus({ focusVisible: true, preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
    if (list.indexOf(row) > list.length - 8) showMore();
    return true;
  }
  function pick() {
    const box = current() && one("input[name=selected]", current());
    if (!box) return false;
    box.checked = !box.checked;
    countPicked(box.form);
    return true;
  }
  function edit() {
    const url = current()?.dataset.edit;
    if (url) location.assign(url);
    return Boolean(url);
  }
  on("click", (event) => {
    const row = event.target.closest?.(".k-rows tbody tr");
    if (!row || event.target.closest("a, button, input, label, summary") || String(getSelection())) return;
    const link = one(".k-main-link", row);
    if (!link) return;
    if (event.ctrlKey || event.metaKey) window.open(link.href); else link.click();
  });

  // Selection: the head selects what is shown, shift selects a stretch.
  let lastPicked = null;
  function countPicked(form) {
    const boxes = all("input[name=selected]", form);
    const picked = boxes.filter((box) => box.checked).length;
    const count = one("[data-picked]", form);
    if (count) count.textContent = picked.toLocaleString(root.lang);
    const whole = one("[data-pick-all]", form);
    if (whole) { whole.checked = picked > 0 && picked === boxes.length; whole.indeterminate = picked > 0 && picked < boxes.length; }
  }
  on("click", (event) => {
    const box = event.target;
    if (box.name !== "selected" || box.type !== "checkbox") return;
    const boxes = all("input[name=selected]", box.form);
    if (event.shiftKey && lastPicked) {
      const [from, to] = [boxes.indexOf(lastPicked), boxes.indexOf(box)].sort((a, b) => a - b);
      boxes.slice(Math.max(0, from), to + 1).forEach((b) => { b.checked = box.checked; });
    }
    lastPicked = box;
  });
  on("change", (event) => {
    if (event.target.matches("[data-pick-all]")) all("input[name=selected]", event.target.form).forEach((b) => { b.checked = event.target.checked; });
    if (event.target.matches("[data-pick-all], input[name=selected]")) countPicked(event.target.form);
  });
  on("change", (event) => { if (event.target.matches("[data-send]")) event.target.form.requestSubmit(); });
  on("reset", (event) => setTimeout(() => countPicked(event.target)));

  // More rows: the next page is fetched ahead and put under this one.
  let ahead = null;
  function fetchAhead() {
    const more = one("[data-more]");
    if (!more || ahead?.url === more.href || navigator.connection?.saveData) return;
    ahead = { url: more.href, page: fetch(more.href, { headers: { Accept: "text/html" } }).then((r) => (r.ok ? r.text() : Promise.reject(r.status))) };
    ahead.page.catch(() => { ahead = null; });
  }
  let adding = false;
  async function showMore() {
    const more = one("[data-more]");
    if (!more || adding) return;
    adding = true;
    try {
      fetchAhead();
      const url = more.href;
      const page = new DOMParser().parseFromString(await (ahead?.url === url ? ahead.page : fetch(url).then((r) => r.text())), "text/html");
      const added = all(".k-rows tbody tr", page);
      one(".k-rows tbody").append(...added);
      const next = one("[data-more]", page);
      next ? more.setAttribute("href", next.getAttribute("href")) : more.remove();
      all("[data-shown]").forEach((e) => { e.textContent = rows().length.toLocaleString(root.lang); });
      idle(fetchAhead);
    } catch { location.assign(more.href); } finally { adding = false; }
  }
  on("click", (event) => {
    if (event.ctrlKey || event.metaKey || !event.target.closest?.("[data-more]")) return;
    event.preventDefault();
    showMore();
  });
  const idle = (act) => (window.requestIdleCallback || setTimeout)(act, { timeout: 2000 });

  // Columns: drag a head's edge, or alt and an arrow on its link; kept on this machine.
  const widthKey = () => `widths:${one("[data-list]")?.dataset.list}`;
  const widths = () => { try { return JSON.parse(localStorage.getItem(widthKey())) || {}; } catch { return {}; } };
  function setWidth(head, width) {
    head.style.width = head.style.minWidth = head.style.maxWidth = width ? `${width}px` : "";
    const place = [...head.parentElement.children].indexOf(head) + 1;
    all(`.k-rows tbody td:nth-child(${place})`).forEach((cell) => { cell.style.maxWidth = width ? `${width}px` : ""; });
  }
  function keepWidth(head, width) {
    const kept = widths();
    if (width) kept[head.dataset.column] = width; else delete kept[head.dataset.column];
    localStorage.setItem(widthKey(), JSON.stringify(kept));
    setWidth(head, width);
  }
  function restoreWidths() {
    const kept = widths();
    all("th[data-column]").forEach((head) => { if (kept[head.dataset.column]) setWidth(head, kept[head.dataset.column]); });
  }
  on("pointerdown", (event) => {
    const grip = event.target.closest?.(".k-grip");
    if (!grip) return;
    event.preventDefault();
    const head = grip.parentElement, start = event.clientX, before = head.offsetWidth;
    grip.setPointerCapture(event.pointerId);
    const width = (e) => Math.max(60, Math.round(before + e.clientX - start));
    grip.onpointermove = (e) => setWidth(head, width(e));
    grip.onpointerup = (e) => { grip.onpointermove = grip.onpointerup = null; if (e.clientX !== start) keepWidth(head, width(e)); };
  });
  on("dblclick", (event) => { const grip = event.target.closest?.(".k-grip"); if (grip) keepWidth(grip.parentElement, 0); });

  // The palette: a combobox over what the server finds.
  const palette = one("#palette"), field = palette && one("input", palette);
  const options = () => all("a[role=option]", palette);
  function choose(option) {
    options().forEach((o) => o.setAttribute("aria-selected", String(o === option)));
    if (option) { field.setAttribute("aria-activedescendant", option.id); option.scrollIntoView({ block: "nearest" }); } else field.removeAttribute("aria-activedescendant");
  }
  function openPalette() {
    if (!palette || palette.open) return;
    closeMenus();
    palette.showModal();
    field.select();
    field.dispatchEvent(new CustomEvent("palette"));
  }
  if (palette) {
    palette.addEventListener("htmx:afterSwap", () => choose(options()[0]));
    palette.addEventListener("click", (event) => { if (event.target === palette) palette.close(); });
    field.addEventListener("keydown", (event) => {
      const list = options(), place = list.findIndex((o) => o.getAttribute("aria-selected") === "true");
      const to = { ArrowDown: place + 1, ArrowUp: place - 1, PageDown: place + 8, PageUp: place - 8 }[event.key];
      if (to !== undefined && list.length) { event.preventDefault(); choose(list[Math.abs(event.key.startsWith("Arrow") ? (to + list.length) % list.length : Math.min(list.length - 1, Math.max(0, to)))]); }
      if (event.key === "Enter" && list[place]) { event.preventDefault(); if (event.ctrlKey || event.metaKey) window.open(list[place].href); else list[place].click(); }
    });
  }
  on("click", (event) => {
    if (event.target.closest?.("[data-palette-open]") && palette && !event.ctrlKey && !event.metaKey) { event.preventDefault(); openPalette(); }
    if (event.target.closest?.("[data-shortcuts-open]")) { closeMenus(); one("#shortcuts")?.showModal(); }
    if (event.target.closest?.("[data-print]")) window.print();
    // A text that was kept, put where one writes; what stands there already is not lost.
    const kept = event.target.closest?.("[data-fill]");
    if (kept) {
      const area = one(kept.dataset.fill);
      area.setRangeText(kept.dataset.text, area.selectionStart, area.selectionEnd, "end");
      closeMenus();
      area.focus();
    }
  });

  // The keyboard.
  let going = 0;
  const bare = { j: () => step(1), k: () => step(-1), x: pick, e: edit, "?": () => one("#shortcuts")?.showModal(), "/": () => one("#find")?.focus() };
  function pressed(key) {
    const target = all("[data-key]").find((e) => e.dataset.key === key && visible(e));
    if (!target) return false;
    target.click();
    return true;
  }
  on("keydown", (event) => {
    const control = event.ctrlKey || event.metaKey;
    if (control && !event.altKey && event.key.toLowerCase() === "k") { event.preventDefault(); openPalette(); return; }
    if (control && event.key === "Enter") { one("[data-save]", event.target.closest("form") || document)?.click(); return; }
    const head = event.altKey && event.target.closest?.("th[data-column]");
    if (head && /^Arrow(Left|Right)$/.test(event.key)) { event.preventDefault(); keepWidth(head, Math.max(60, head.offsetWidth + (event.key === "ArrowRight" ? 16 : -16))); return; }
    if (event.key === "Escape") { if (escape()) event.preventDefault(); else if (event.target.id === "find") event.target.blur(); return; }
    if (control || event.altKey || event.isComposing || typing(event.target) || one("dialog[open]")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (going && Date.now() - going < 1500) {
      going = 0;
      const desk = one(`[data-go="${CSS.escape(key)}"]`);
      if (desk) { event.preventDefault(); desk.click(); }
      return;
    }
    // On a link or button Enter is its own.
    if (key === "Enter" && event.target.closest?.("a, button, summary")) return;
    if (key === "g") { going = Date.now(); return; }
    if ((bare[key] && bare[key]() !== false) || pressed(key)) event.preventDefault();
  });

  // A button that copies what stands in a field; without leave to, what is there is chosen.
  on("click", (event) => {
    const button = event.target.closest?.("[data-copies]");
    const field = button && one(button.dataset.copies);
    if (!field) return;
    field.select();
    const done = () => { button.textContent = button.dataset.copied; };
    if (navigator.clipboard) navigator.clipboard.writeText(field.value).then(done, () => {});
    else if (document.execCommand("copy")) done();
  });

  // A copied figure has the minus that spreadsheets read.
  on("copy", (event) => {
    const text = String(getSelection());
    if (!/\u2212\d/.test(text) || typing(event.target)) return;
    event.clipboardData.setData("text/plain", text.replace(/\u2212(?=[\d€£$])/g, "-"));
    event.preventDefault();
  });

  // Charts: their library is fetched where there is one to draw.
  const fetched = new Map();
  const script = (url) => fetched.get(url) || fetched.set(url, new Promise((done, fail) => {
    document.head.append(Object.assign(document.createElement("script"), { src: url, onload: done, onerror: fail }));
  })).get(url);
  async function drawCharts(within) {
    const figure = one("figure[data-chart]", within);
    if (!figure) return;
    const again = fetched.has(figure.dataset.drawer);
    await script(figure.dataset.library);
    await script(figure.dataset.drawer);
    if (again) document.dispatchEvent(new CustomEvent("kantoor:charts"));
  }

  // Errors: the summary takes the focus, so that it is read first.
  const settle = (within) => { reveal(within); settleToasts(within); restoreWidths(); one("[data-focus]", within)?.focus(); drawCharts(within); idle(fetchAhead); all(".k-list-form", within).forEach(countPicked); };
  on("htmx:configRequest", (event) => {
    const token = one("input[name=csrfmiddlewaretoken]");
    if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token.value;
  });
  on("htmx:load", (event) => { if (event.target !== document.body) settle(event.target); });
  settle(document);
})();
