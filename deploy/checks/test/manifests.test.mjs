import assert from "node:assert/strict";
import { test } from "node:test";
import { overlays, render, skip } from "../render.mjs";
import { allowed, complaints, named, rules, workloads } from "../rules.mjs";
import { typeErrors } from "../types.mjs";

if (skip) {
    console.log(`SKIPPED: ${skip}`);
}

const container = (objects, kind, name) => named(objects, kind, name).spec.template.spec.containers[0];
const policy = (objects, name) => named(objects, "NetworkPolicy", name).spec;

for (const overlay of overlays) {
    test(`${overlay} fits the types of the API`, { skip }, () => {
        assert.equal(typeErrors(render(overlay)), "");
    });

    test(`${overlay} agrees with itself`, { skip }, () => {
        assert.deepEqual(complaints(render(overlay)), []);
    });
}

test("the five parts are there", { skip }, () => {
    const names = workloads(render("base")).map((workload) => workload.metadata.name);
    assert.deepEqual(names.sort(), ["gateway", "kafka", "redis", "site", "worker"]);
});

test("only the paths of the design are open", { skip }, () => {
    const inward = [...allowed(render("base"), "Ingress")];
    assert.deepEqual(inward.sort(), [
        "anyone -> site:http",
        "gateway -> kafka:client",
        "gateway -> redis:redis",
        "site -> gateway:http",
        "worker -> kafka:client",
        "worker -> redis:redis",
    ]);
});

test("the GPU overlay asks for a card and the image that can use it", { skip }, () => {
    const worker = container(render("overlays/gpu"), "Deployment", "worker");
    assert.match(worker.image, /^partita\/worker-gpu:/);
    assert.equal(worker.resources.limits["nvidia.com/gpu"], "1");
});

test("the KEDA overlay lets KEDA read the backlog", { skip }, () => {
    assert.ok(allowed(render("overlays/keda"), "Ingress").has("namespace keda -> gateway:http"));
});

// Every fault below is one that a reviewer could overlook; each must be found.
const faults = {
    "a misspelt field": (objects) => { container(objects, "Deployment", "gateway").readynessProbe = {}; },
    "a field one level too high": (objects) => { named(objects, "Deployment", "site").spec.securityContext = {}; },
    "a number as text": (objects) => { named(objects, "Deployment", "worker").spec.replicas = "2"; },
    "an unknown API version": (objects) => { named(objects, "Deployment", "worker").apiVersion = "apps/v2"; },
    "an unknown field for KEDA": (objects) => { named(objects, "ScaledObject", "worker").spec.pollInterval = 5; },
};

for (const [fault, plant] of Object.entries(faults)) {
    test(`the types see ${fault}`, { skip }, () => {
        const objects = render("overlays/keda");
        plant(objects);
        assert.notEqual(typeErrors(objects), "");
    });
}

const disagreements = {
    versionsAreServed: (objects) => { named(objects, "Deployment", "worker").apiVersion = "apps/v1beta1"; },
    oneNamespace: (objects) => { named(objects, "Service", "redis").metadata.namespace = "default"; },
    namesAreUnique: (objects) => { objects.push(named(objects, "Service", "redis")); },
    selectorsAgreeWithTemplates: (objects) => {
        named(objects, "Deployment", "worker").spec.selector.matchLabels = { "app.kubernetes.io/name": "wroker" };
    },
    selectorsAreDistinct: (objects) => {
        named(objects, "Deployment", "worker").spec.selector.matchLabels = { "app.kubernetes.io/part-of": "partita" };
    },
    servicesFindTheirPods: (objects) => { named(objects, "Service", "gateway").spec.ports[0].targetPort = "web"; },
    statefulSetsNameTheirService: (objects) => { named(objects, "StatefulSet", "kafka").spec.serviceName = "broker"; },
    budgetsLeaveRoom: (objects) => { named(objects, "PodDisruptionBudget", "gateway").spec.minAvailable = 2; },
    severalPodsHaveABudgetAndSpread: (objects) => {
        delete named(objects, "Deployment", "site").spec.template.spec.topologySpreadConstraints;
    },
    volumesAreThere: (objects) => { container(objects, "StatefulSet", "kafka").volumeMounts[0].name = "date"; },
    podsAreRestricted: (objects) => {
        container(objects, "Deployment", "worker").securityContext.capabilities.drop = ["NET_RAW"];
    },
    containersAreProbed: (objects) => {
        container(objects, "Deployment", "gateway").livenessProbe.httpGet.port = "management";
    },
    resourcesAreBounded: (objects) => { container(objects, "Deployment", "site").resources.limits.memory = "128MB"; },
    imagesAreFixed: (objects) => { container(objects, "Deployment", "site").image = "partita/site:latest"; },
    addressesLeadToServices: (objects) => {
        container(objects, "Deployment", "worker").env.find(({ name }) => name.startsWith("SPRING_KAFKA")).value = "kafka:9094";
    },
    scaledObjectsFindTheirTargets: (objects) => { named(objects, "Deployment", "worker").spec.replicas = 2; },
    policiesMeetInTheMiddle: (objects) => { policy(objects, "worker").egress.pop(); },
};

test("every rule is tried", () => {
    assert.deepEqual(Object.keys(disagreements).sort(), Object.keys(rules).sort());
});

for (const [rule, plant] of Object.entries(disagreements)) {
    test(`${rule} sees what breaks it`, { skip }, () => {
        const objects = render("overlays/keda");
        plant(objects);
        assert.notDeepEqual(rules[rule](objects), []);
    });
}
