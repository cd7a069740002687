import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { render, skip } from "../render.mjs";
import { named } from "../rules.mjs";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const read = (path) => readFileSync(join(root, path), "utf8");
const compose = parse(read("docker-compose.yml"), { merge: true });
const services = Object.entries(compose.services);
const dockerfile = read("deploy/containers/Dockerfile");

/** The lines of one build stage. */
function stage(name) {
    const from = dockerfile.split(/^(?=FROM )/m).find((part) => part.split("\n")[0].endsWith(` AS ${name}`));
    assert.ok(from, `no build stage ${name}`);
    return from;
}

test("only the site is published, on this machine alone", () => {
    const published = services.filter(([, service]) => service.ports || service.network_mode);
    assert.deepEqual(published.map(([name]) => name), ["site"]);
    assert.match(published[0][1].ports.join(), /^127\.0\.0\.1:[^,]*:8080$/);
    assert.equal(compose.networks.back.internal, true);
});

test("every container is confined", () => {
    for (const [name, service] of services) {
        assert.equal(service.read_only, true, name);
        assert.deepEqual(service.cap_drop, ["ALL"], name);
        assert.deepEqual(service.security_opt, ["no-new-privileges:true"], name);
        assert.ok(service.mem_limit, name);
        assert.equal(service.privileged, undefined, name);
    }
});

test("every service says when it is healthy, and starts after those it needs", () => {
    for (const [name, service] of services) {
        const healthcheck = service.healthcheck ?? /^HEALTHCHECK /m.test(stage(service.build?.target));
        assert.ok(healthcheck, `${name} has no health check`);
        for (const [needed, { condition }] of Object.entries(service.depends_on ?? {})) {
            assert.ok(compose.services[needed], `${name} waits for ${needed}`);
            assert.equal(condition, "service_healthy", `${name} waits for ${needed}`);
        }
    }
});

test("build stages, volumes, networks and mounted files exist", () => {
    for (const [name, service] of services) {
        if (service.build) {
            stage(service.build.target);
            assert.ok(existsSync(join(root, service.build.dockerfile)));
        }
        for (const network of service.networks) {
            assert.ok(network in compose.networks, `${name}: ${network}`);
        }
        for (const volume of service.volumes ?? []) {
            const [source] = volume.split(":");
            assert.ok(source.startsWith(".") ? existsSync(join(root, source)) : source in compose.volumes, volume);
        }
    }
});

test("images run as a user that is not root", () => {
    for (const target of ["gateway", "worker", "worker-gpu", "site"]) {
        assert.match(stage(target), /^USER [1-9][0-9]*:[1-9][0-9]*$/m, target);
    }
});

test("compose and Kubernetes run the same images with the same settings", { skip }, () => {
    const objects = render("base");
    for (const [name, service] of services) {
        const workload = named(objects, "Deployment", name) ?? named(objects, "StatefulSet", name);
        assert.ok(workload, name);
        const pod = workload.spec.template.spec;
        const [container] = pod.containers;
        assert.equal(container.image, service.image);
        assert.deepEqual(container.args ?? container.command, service.command, name);
        const environment = Object.fromEntries((container.env ?? []).map((one) => [one.name, one.value]));
        assert.deepEqual(environment, service.environment ?? {}, name);
        const stop = Number.parseInt(service.stop_grace_period ?? "10s");
        assert.ok(pod.terminationGracePeriodSeconds >= stop, name);
    }
});

test("the broker gives clients the address of its service and itself one that needs none", () => {
    const properties = new Map(read("deploy/kubernetes/base/kafka/kafka.properties").split("\n")
        .filter((line) => line.includes("=") && !line.startsWith("#"))
        .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
    const advertised = new Map(properties.get("advertised.listeners").split(",").map((one) => one.split("://")));
    const client = compose.services.gateway.environment.SPRING_KAFKA_BOOTSTRAP_SERVERS;
    assert.equal(advertised.get("CLIENT"), client);
    assert.match(advertised.get(properties.get("inter.broker.listener.name")), /^localhost:/);
    for (const topic of ["offsets.topic", "transaction.state.log", "share.coordinator.state.topic"]) {
        assert.equal(properties.get(`${topic}.replication.factor`), "1");
    }
    assert.notEqual(properties.get("log.dirs"), properties.get("metadata.log.dir"));
});

/** Java's string constants, joined where they are added up. */
const withoutJoins = (source) => source.replace(/"\s*\+\s*"/g, "");

test("the site is served under the policy that it is made for", () => {
    const list = /contentSecurityPolicy = \[([^\]]*)\]/.exec(read("web-static/site/headers.ts"))[1];
    const policy = [...list.matchAll(/"([^"]*)"/g)].map(([, directive]) => directive).join("; ");
    assert.ok(read("deploy/containers/security-headers.conf").includes(`Content-Security-Policy "${policy}"`), policy);
});

test("the site's security headers are the gateway's", () => {
    const headers = [...read("deploy/containers/security-headers.conf")
        .matchAll(/^add_header (\S+) "?([^"]*?)"? always;$/gm)].map(([, name, value]) => `"${name}", "${value}"`);
    const gateway = withoutJoins(read("api-gateway/src/main/java/org/partita/gateway/SecurityHeaders.java"));
    const policy = /@DefaultValue\(\s*("default-src[^)]*")\)/.exec(gateway)[1];
    const sent = [...gateway.matchAll(/setHeader\(\s*("[^"]*", "[^"]*")\)/g)].map(([, header]) => header)
        .filter((header) => !header.includes("Strict-Transport-Security"));
    assert.deepEqual(headers.sort(), [`"Content-Security-Policy", ${policy}`, ...sent].sort());
});

test("the autoscaler reads a figure that the gateway gives", { skip }, () => {
    const api = JSON.parse(read("api-gateway/src/main/resources/org/partita/gateway/generation/openapi.json"));
    const { metadata } = named(render("overlays/keda"), "ScaledObject", "worker").spec.triggers[0];
    const answer = api.paths[new URL(metadata.url).pathname].get.responses["200"].content["application/json"].schema;
    const schema = answer.$ref ? api.components.schemas[answer.$ref.split("/").pop()] : answer;
    assert.equal(schema.properties[metadata.valueLocation].type, "number");
});

test("nginx passes /v1 on unbuffered and writes nowhere but /tmp", () => {
    const nginx = read("deploy/containers/nginx.conf");
    const upstream = /upstream gateway \{\s*server (\S+);/.exec(nginx)[1];
    assert.equal(upstream, "gateway:8080");
    assert.match(nginx, /location ~ \^\/\(v1\|problems\)\/ \{[^}]*proxy_buffering off;[^}]*\}/);
    assert.doesNotMatch(nginx, /actuator/);
    for (const path of ["pid", "client_body_temp_path", "proxy_temp_path"]) {
        assert.match(nginx, new RegExp(`^\\s*${path} /tmp/`, "m"));
    }
});
