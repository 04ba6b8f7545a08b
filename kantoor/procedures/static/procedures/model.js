/* What Kantoor adds to a diagram (docs/procedures.md): how it is written, and how each property is read and set. */
window.KantoorModel = (() => {
  "use strict";
  const attributes = (...names) => names.map((name) => ({ name, isAttr: true, type: "String" }));
  const added = (name, ...names) => ({ name, superClass: ["Element"], properties: attributes(...names) });
  const ROWS = { field: ["name", "kind", "label", "labelNl", "required", "choices", "choicesNl"], input: ["name", "value"], offer: ["name", "value"], output: ["name", "value"] };
  const DESCRIPTOR = {
    name: "Kantoor", prefix: "kantoor", uri: "urn:kantoor:procedures:1", xml: { tagAlias: "lowerCase" },
    types: [
      { name: "OfProcess", extends: ["bpmn:Process"], properties: attributes("nameNl", "title", "startRole") },
      { name: "OfElement", extends: ["bpmn:FlowElement"], properties: attributes("nameNl", "role", "team", "person", "action", "query", "result", "match", "with", "when", "on", "within", "clock", "escalate", "notBy") },
      { name: "OfLane", extends: ["bpmn:Lane"], properties: attributes("nameNl", "role", "team") },
      { name: "OfList", extends: ["bpmn:MultiInstanceLoopCharacteristics"], properties: attributes("each", "as") },
      ...Object.entries(ROWS).map(([kind, names]) => added(`${kind[0].toUpperCase()}${kind.slice(1)}`, ...names)),
    ],
  };
  const TRIGGERS = { MessageEventDefinition: "message", TimerEventDefinition: "timer", ConditionalEventDefinition: "condition", ErrorEventDefinition: "error", CompensateEventDefinition: "compensation", TerminateEventDefinition: "terminate" };

  const local = (type) => { const name = type.slice(type.indexOf(":") + 1); return name[0].toLowerCase() + name.slice(1); };
  const definition = (bo) => (bo.eventDefinitions || [])[0];
  /** `userTask`, `startEvent:message`: what the groups of the panel are shown for. */
  function kindOf(element) {
    const bo = element.businessObject;
    const event = definition(bo);
    return local(bo.$type) + (event ? `:${TRIGGERS[event.$type.slice(5)] || local(event.$type)}` : "");
  }

  function accessors(modeler) {
    const modeling = modeler.get("modeling");
    const moddle = modeler.get("moddle");
    const create = (type, values) => moddle.create(type, values);
    const set = (element, target, values) => (target === element.businessObject ? modeling.updateProperties(element, values) : modeling.updateModdleProperties(element, target, values));
    // A pool stands for the process that is drawn in it.
    const own = (element) => element.businessObject.$type === "bpmn:Participant" ? element.businessObject.processRef || element.businessObject : element.businessObject;
    const expression = (body) => (body ? create("bpmn:FormalExpression", { body }) : undefined);

    /** A message or error that the file knows by this name; made when it is new. */
    function shared(type, naming, name) {
      const definitions = modeler.getDefinitions();
      const known = definitions.rootElements.find((each) => each.$type === type && each[naming] === name);
      if (known || !name) return known;
      const made = create(type, { id: `${local(type)}_${name.replace(/[^A-Za-z0-9_-]+/g, "_")}`, [naming]: name });
      if (type === "bpmn:Error") made.name = name;
      made.$parent = definitions;
      definitions.rootElements.push(made);
      return made;
    }
    const ofDefinition = (property) => ({
      get: (element) => definition(element.businessObject)?.[property]?.body || "",
      set: (element, value) => set(element, definition(element.businessObject), { [property]: expression(value) }),
    });
    const special = {
      "bpmn:name": { get: (e) => own(e).name || "", set: (e, value) => { modeling.updateProperties(e, { name: value || undefined }); if (own(e) !== e.businessObject) set(e, own(e), { name: value || undefined }); } },
      "process:id": { get: (e) => own(e).id, set: (e, value) => value && set(e, own(e), { id: value }) },
      "message:name": {
        get: (e) => (definition(e.businessObject) || e.businessObject).messageRef?.name || "",
        set: (e, value) => set(e, definition(e.businessObject) || e.businessObject, { messageRef: shared("bpmn:Message", "name", value) }),
      },
      "error:code": {
        get: (e) => definition(e.businessObject)?.errorRef?.errorCode || "",
        set: (e, value) => set(e, definition(e.businessObject), { errorRef: shared("bpmn:Error", "errorCode", value) }),
      },
      "timer:duration": ofDefinition("timeDuration"),
      "timer:moment": ofDefinition("timeDate"),
      "condition:text": ofDefinition("condition"),
      "call:key": { get: (e) => e.businessObject.calledElement || "", set: (e, value) => set(e, e.businessObject, { calledElement: value || undefined }) },
      "flow:condition": { get: (e) => e.businessObject.conditionExpression?.body || "", set: (e, value) => set(e, e.businessObject, { conditionExpression: expression(value) }) },
      "flow:default": { get: (e) => e.source.businessObject.default === e.businessObject, set: (e, value) => set(e.source, e.source.businessObject, { default: value ? e.businessObject : undefined }) },
      "loop:each": { get: (e) => e.businessObject.loopCharacteristics?.get("kantoor:each") || "", set: (e, value) => set(e, e.businessObject.loopCharacteristics, { "kantoor:each": value || undefined }) },
      "loop:as": { get: (e) => e.businessObject.loopCharacteristics?.get("kantoor:as") || "", set: (e, value) => set(e, e.businessObject.loopCharacteristics, { "kantoor:as": value || undefined }) },
    };
    const plain = (name) => ({
      get: (e) => own(e).get(`kantoor:${name}`) || "",
      set: (e, value) => set(e, own(e), { [`kantoor:${name}`]: value || undefined }),
    });

    const isOurs = (each) => each.$type?.startsWith("kantoor:") && local(each.$type) in ROWS;
    return {
      property: (name) => special[name] || plain(name.replace("2", "")),
      /** The fields, inputs, offers and outputs of an element, as plain records with their `kind`. */
      rows: (element) => (element.businessObject.extensionElements?.values || []).filter(isOurs).map((each) => {
        const kind = local(each.$type);
        return { kind, ...Object.fromEntries((ROWS[kind] || []).map((name) => [name, each.get(`kantoor:${name}`) || ""])) };
      }),
      setRows(element, rows) {
        const bo = element.businessObject;
        const others = (bo.extensionElements?.values || []).filter((each) => !isOurs(each));
        const made = rows.map(({ kind, ...values }) => create(`kantoor:${kind[0].toUpperCase()}${kind.slice(1)}`, Object.fromEntries(Object.entries(values).filter(([, value]) => value))));
        const all = [...others, ...made];
        const extensionElements = all.length ? create("bpmn:ExtensionElements", { values: all }) : undefined;
        if (extensionElements) { extensionElements.$parent = bo; all.forEach((each) => { each.$parent = extensionElements; }); }
        modeling.updateProperties(element, { extensionElements });
      },
    };
  }

  /** The drawing library drops a list's name that is no element of the file: ours is an attribute. */
  function withLists(xml) {
    const parsed = new DOMParser().parseFromString(xml, "application/xml");
    const BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    const loops = [...parsed.getElementsByTagNameNS(BPMN, "multiInstanceLoopCharacteristics")];
    if (!loops.some((loop) => loop.firstElementChild)) return xml;
    for (const loop of loops) {
      const list = loop.getElementsByTagNameNS(BPMN, "loopDataInputRef")[0];
      const item = loop.getElementsByTagNameNS(BPMN, "inputDataItem")[0];
      const put = (name, value) => value && !loop.hasAttributeNS(DESCRIPTOR.uri, name) && loop.setAttributeNS(DESCRIPTOR.uri, `kantoor:${name}`, value.trim());
      put("each", list?.textContent);
      put("as", item?.getAttribute("name") || item?.getAttribute("id"));
      list?.remove();
      item?.remove();
    }
    return new XMLSerializer().serializeToString(parsed);
  }

  return { DESCRIPTOR, kindOf, accessors, withLists };
})();
