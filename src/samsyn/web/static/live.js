/*
 * A meeting that goes on: fetches what others write, sends lines without leaving the page, walks by keyboard.
 * The page works without this file. What the server sends is read as a document, never run; what somebody types is never replaced.
 */
"use strict";

(() => {
  const page = document.querySelector("[data-live]");
  if (!page) return;
  const EVERY = 800; /* ms between questions */
  const AGAIN = 3000; /* ms before a line that did not come through is sent again */
  const SCRIPT = { "X-Live": "1" };
  const state = () => document.getElementById("live-state").dataset;
  const writer = document.querySelector("[data-live-write]");
  const box = writer?.querySelector("textarea");
  const waiting = document.querySelector("[data-waiting]");
  const said = document.querySelector("[data-said]");
  const queue = []; /* lines that are not saved yet: {data, row} */
  let look = page.dataset.look ?? ""; /* the point this person looks at by themselves; "" follows the meeting */
  let isAsking = false;
  let isSending = false;
  let isFirst = true;
  let dirty = null; /* the form of a replaced part that somebody is filling in */

  for (const link of document.querySelectorAll("[data-without-script]")) link.parentElement.hidden = true;
  document.getElementById("tangenter").hidden = false;

  /* ---- what is new ---- */

  const read = (text) => new DOMParser().parseFromString(text, "text/html");

  const address = (revision) => {
    const asked = new URL(page.dataset.live, window.location.href);
    asked.searchParams.set("revision", revision);
    asked.searchParams.set("fakta", state().stamp);
    if (look) asked.searchParams.set("punkt", look);
    return asked;
  };

  /* Whether somebody is in the middle of something in a part: it is left as it is until they are done. */
  const isBusy = (part) => Boolean(dirty?.isConnected && part.contains(dirty))
    || (part.contains(document.activeElement) && document.activeElement.matches("input:not([type=radio]):not([type=hidden]), textarea, select"));

  const key = (row) => row.dataset.key;

  /* Rows are kept where they are the same, so that an editor that is open in one stays open. */
  const replaceRows = (old, fresh) => {
    const kept = new Map([...old.querySelectorAll("[data-key]")].map((row) => [key(row), row]));
    const edited = new Map([...old.querySelectorAll("[data-key]:has([data-editor])")].map((row) => [row.id, row]));
    const known = new Set([...old.querySelectorAll("[data-key]")].map((row) => row.id));
    for (const row of fresh.querySelectorAll("[data-key]")) {
      const same = kept.get(key(row));
      const open = edited.get(row.id);
      if (same) row.replaceWith(same);
      else if (open) row.append(open.querySelector("[data-editor]"));
      if (!isFirst && !known.has(row.id) && row.dataset.by !== page.dataset.me) mark(row);
    }
  };

  const mark = (row) => {
    row.classList.add("is-new");
    window.setTimeout(() => row.classList.remove("is-new"), 6000);
  };

  const show = (text) => {
    const fresh = read(text);
    const before = { point: state().point, state: state().state };
    let isStale = false;
    for (const part of fresh.querySelectorAll("[data-part]")) {
      const old = document.getElementById(part.id);
      if (!old) continue;
      if (part.id === "live-state") part.dataset.stamp = fresh.getElementById("live-nu") ? part.dataset.stamp : old.dataset.stamp;
      if (isBusy(old)) { isStale = true; continue; }
      const held = document.activeElement && old.contains(document.activeElement) ? document.activeElement : null;
      const again = held && { id: held.id, name: held.getAttribute("name"), value: held.getAttribute("value"), form: held.closest("form")?.getAttribute("action") };
      const open = new Set([...old.querySelectorAll("details[open] > summary")].map((one) => one.textContent));
      replaceRows(old, part);
      old.replaceWith(document.adoptNode(part));
      const placed = document.getElementById(part.id);
      if (before.point === state().point) for (const one of placed.querySelectorAll("details > summary")) if (open.has(one.textContent)) one.parentElement.open = true;
      if (again) focusAgain(placed, again);
    }
    if (isStale) { /* all is asked for again, until the person is done */
      Object.assign(state(), { revision: "-1", stamp: "" });
      if (before.point !== state().point) tell("Mötet har gått vidare. Spara formuläret eller fäll ihop det, så följer du med.");
    }
    isFirst = false;
    aim();
    if (before.state !== state().state) changed();
  };

  const focusAgain = (part, was) => {
    const same = [...part.querySelectorAll("button, a, summary, h1, input")].find((one) => (was.id && one.id === was.id)
      || (was.name && one.getAttribute("name") === was.name && one.getAttribute("value") === was.value && one.closest("form")?.getAttribute("action") === was.form));
    (same ?? document.getElementById("nu"))?.focus({ preventScroll: true });
  };

  /* A line goes to the point that was shown when somebody began to write it. */
  const aim = () => {
    if (!box || box.value) return;
    writer.elements.namedItem("point").value = state().point;
    writer.querySelector("[data-under]").textContent = state().under;
  };

  /* The meeting was opened, or is over. */
  const changed = () => {
    if (!box?.value && !queue.length) { window.location.reload(); return; }
    tell("Mötet är avslutat. Det du skriver här sparas inte längre: kopiera texten om du behöver den.", true);
  };

  const tell = (words, isFault) => {
    if (!said) return;
    said.textContent = words;
    said.classList.toggle("err", Boolean(isFault));
  };

  const ask = async (isForced) => {
    if (isAsking && !isForced) return;
    isAsking = true;
    try {
      const answer = await fetch(address(isForced ? "-1" : state().revision), { headers: SCRIPT, redirect: "manual", cache: "no-store" });
      if (answer.type === "opaqueredirect" || answer.status === 403) tell("Du är inte inloggad längre. Öppna sidan i en ny flik och logga in. Texten står kvar här.", true);
      else if (answer.status === 404) tell("Mötet finns inte längre.", true);
      else if (answer.status >= 500) tell("Servern är upptagen. Jag frågar igen.", true);
      else {
        if (answer.status === 200) show(await answer.text());
        if (said?.classList.contains("err") && !queue.length) tell("");
      }
    } catch {
      tell("Ingen kontakt just nu. Det du skriver står kvar, och jag försöker igen.", true);
    } finally {
      isAsking = false;
    }
  };

  window.setInterval(() => { if (!document.hidden || queue.length) ask(false); }, EVERY);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(false); });

  /* ---- writing ---- */

  const once = () => [...window.crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  const withLook = (data) => {
    data.set("fakta", state().stamp);
    if (look) data.set("punkt", look); else data.delete("punkt");
    return data;
  };

  const fault = (form, words) => {
    const place = form.querySelector("[data-fault]");
    if (place) place.textContent = words; else tell(words, true);
  };

  const put = () => {
    const text = box.value;
    if (!text.trim()) { fault(writer, "Raden är tom. Skriv något först."); box.focus(); return; }
    fault(writer, "");
    const data = withLook(new FormData(writer));
    data.set("once", once());
    const row = document.createElement("li");
    row.className = "live__pending";
    const words = document.createElement("span");
    words.className = "prewrap";
    words.textContent = text;
    const how = document.createElement("span");
    how.className = "fine mute";
    how.textContent = "Sparas…";
    row.append(words, how);
    waiting.append(row);
    waiting.hidden = false;
    queue.push({ data, row, how, text });
    writer.reset();
    box.value = "";
    grow();
    aim();
    box.focus();
    send();
  };

  const taken = (item) => {
    queue.splice(queue.indexOf(item), 1);
    item.row.remove();
    waiting.hidden = !waiting.children.length;
  };

  /* A line that the server refuses comes back to the box; if that is in use it stays below with its reason. */
  const giveBack = (item, words) => {
    queue.splice(queue.indexOf(item), 1);
    if (!box.value) {
      item.row.remove();
      box.value = item.text;
      writer.elements.namedItem("point").value = item.data.get("point");
      fault(writer, words);
      grow();
    } else {
      item.how.className = "err";
      item.how.textContent = words;
      const back = document.createElement("button");
      back.type = "button";
      back.className = "btn btn--s";
      back.textContent = "Ta tillbaka texten";
      back.addEventListener("click", () => {
        box.value = box.value ? `${box.value}\n${item.text}` : item.text;
        item.row.remove();
        waiting.hidden = !waiting.children.length;
        grow();
        box.focus();
      });
      item.row.append(back);
    }
    waiting.hidden = !waiting.children.length;
  };

  const send = async () => {
    if (isSending || !queue.length) return;
    isSending = true;
    const item = queue[0];
    let isLater = false;
    try {
      const answer = await fetch(writer.action, { method: "POST", body: item.data, headers: SCRIPT, redirect: "manual" });
      if (answer.ok) { const text = await answer.text(); taken(item); show(text); tell(""); }
      else if (answer.status === 400 || answer.status === 409) giveBack(item, await answer.text());
      else if (answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 404 || answer.status === 413) giveBack(item, "Raden kunde inte sparas. Logga in igen i en ny flik och tryck Spara. Texten står kvar.");
      else isLater = true;
    } catch {
      isLater = true;
    }
    isSending = false;
    if (isLater) {
      item.how.textContent = "Ingen kontakt. Försöker igen…";
      window.setTimeout(send, AGAIN);
    } else send();
  };

  const grow = () => { box.rows = Math.min(8, box.value.split("\n").length); };

  if (box) {
    writer.addEventListener("submit", (event) => { event.preventDefault(); put(); });
    box.addEventListener("input", () => { grow(); if (!box.value) aim(); });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { box.blur(); document.getElementById("nu")?.focus({ preventScroll: true }); }
      if (event.key !== "Enter" || event.isComposing || event.shiftKey || event.altKey) return;
      event.preventDefault();
      put();
    });
    window.addEventListener("beforeunload", (event) => { if (queue.length) event.preventDefault(); });
  }

  /* ---- the other forms: walking, attendance, faces, whose it is ---- */

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.matches("[data-live-form]")) dirty = form;
  });

  /* A form that is folded in is left. */
  document.addEventListener("toggle", (event) => {
    if (!event.target.open && dirty && event.target.contains(dirty)) { dirty.reset(); dirty = null; }
  }, true);

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-live-form]")) return;
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = "1";
    fault(form, "");
    try {
      const walks = form.action.endsWith("/steg/");
      if (walks) { look = ""; dirty = null; }
      const answer = await fetch(form.action, { method: "POST", body: withLook(new FormData(form, event.submitter)), headers: SCRIPT, redirect: "manual" });
      if (answer.ok) {
        if (dirty === form) dirty = null;
        if (form.contains(document.activeElement) && document.activeElement.matches("input, textarea, select")) document.activeElement.blur();
        form.reset();
        for (const hidden of form.querySelectorAll("input[name=once]")) hidden.value = once();
        show(await answer.text());
      } else if (answer.status === 400 || answer.status === 409) fault(form, await answer.text());
      else fault(form, "Det gick inte att spara. Försök igen.");
    } catch {
      fault(form, "Ingen kontakt just nu. Försök igen om en stund.");
    } finally {
      delete form.dataset.busy;
    }
  }, true);

  /* ---- looking at a point by oneself ---- */

  const lookAt = (point) => {
    dirty = null;
    look = point === state().point && !look ? "" : point;
    const shown = new URL(window.location.href);
    if (look) shown.searchParams.set("punkt", look); else shown.searchParams.delete("punkt");
    window.history.replaceState(null, "", shown);
    ask(true);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-look-at], [data-follow], [data-edit], [data-cancel]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if ("lookAt" in link.dataset) lookAt(link.dataset.lookAt);
    else if ("follow" in link.dataset) lookAt("");
    else if ("edit" in link.dataset) edit(link);
    else link.closest("[data-editor]")?.remove();
  });

  /* ---- changing a line in place: the form of its own page, put into the row ---- */

  const edit = async (link) => {
    const row = link.closest("[data-key]");
    if (row.querySelector("[data-editor]")) { row.querySelector("[data-editor]").remove(); return; }
    try {
      const answer = await fetch(link.href, { redirect: "manual", cache: "no-store" });
      if (answer.ok) place(row, link.href, await answer.text());
      else window.location.assign(link.href);
    } catch {
      tell("Ingen kontakt just nu. Försök igen om en stund.", true);
    }
  };

  const place = (row, href, text) => {
    const form = read(text).querySelector("main form[method=post]");
    row.querySelector("[data-editor]")?.remove();
    const editor = document.createElement("div");
    editor.dataset.editor = "";
    for (const part of form.querySelectorAll("[id]")) part.id = `${row.id}-${part.id}`;
    for (const part of form.querySelectorAll("[for]")) part.htmlFor = `${row.id}-${part.htmlFor}`;
    for (const part of form.querySelectorAll("[aria-describedby]")) part.setAttribute("aria-describedby", part.getAttribute("aria-describedby").split(" ").map((id) => `${row.id}-${id}`).join(" "));
    form.setAttribute("action", href);
    form.classList.remove("sheet");
    editor.append(document.adoptNode(form));
    row.append(editor);
    form.addEventListener("submit", (event) => { event.preventDefault(); event.stopPropagation(); save(row, href, form, event.submitter); });
    form.addEventListener("keydown", (event) => { if (event.key === "Escape") { editor.remove(); row.querySelector("[data-edit]")?.focus(); } });
    (form.querySelector("[role=alert]") ?? form.querySelector("textarea"))?.focus();
  };

  const save = async (row, href, form, button) => {
    try {
      const answer = await fetch(href, { method: "POST", body: new FormData(form, button) });
      if (answer.ok && answer.redirected) {
        row.querySelector("[data-editor]")?.remove();
        row.querySelector("[data-edit]")?.focus();
        await ask(true);
      } else if ((answer.headers.get("Content-Type") ?? "").startsWith("text/html") && answer.status < 500) place(row, href, await answer.text());
      else tell("Raden kunde inte sparas. Försök igen.", true);
    } catch {
      tell("Ingen kontakt just nu. Texten står kvar. Försök igen om en stund.", true);
    }
  };

  /* ---- keys: never while somebody types ---- */

  const isTyping = (target) => target.isContentEditable || target.matches("input, textarea, select, [role=textbox]");

  const walk = (to) => {
    const now = state();
    const target = to === "next" ? now.later : now.earlier;
    const isCommon = !look || look === "";
    if (now.run && isCommon) {
      const form = document.querySelector("[data-walk]");
      const button = form?.querySelector(`button[value=${to}]`) ?? (to === "next" ? form?.querySelector("button[value=done]") : null);
      button?.click();
    } else if (target) lookAt(target);
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    if (event.key === "n" || event.key === "j") walk("next");
    else if (event.key === "p" || event.key === "k") walk("previous");
    else if ((event.key === "b" || event.key === "/") && box) box.focus();
    else if (event.key === "?") {
      const keys = document.getElementById("tangenter");
      keys.open = !keys.open;
      if (keys.open) keys.querySelector("summary").focus();
    } else return;
    event.preventDefault();
  });

  /* ---- the clock ---- */

  const clock = document.querySelector("[data-clock]");
  const tick = () => {
    const left = Math.floor((new Date(clock.dataset.clock) - Date.now()) / 60000) + 1;
    if (left > Number(clock.dataset.minutes)) return;
    const [words, under] = [clock.querySelector("b"), clock.querySelector("small")];
    const end = /Slut .*$/.exec(under.textContent)?.[0] ?? "";
    words.textContent = left >= 0 ? `${left} min` : "Tiden är ute";
    under.textContent = left >= 0 ? `kvar av ${clock.dataset.minutes}. ${end}` : `${-left} min över. ${end}`;
    clock.classList.toggle("is-soon", left <= 5);
  };
  if (clock) window.setInterval(tick, 15000);
})();
