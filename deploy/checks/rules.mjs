// What the types of the Kubernetes API do not see: names that must agree, and the habits that every
// workload here keeps. A rule takes all objects of one overlay and returns its complaints.

const NAME = "app.kubernetes.io/name";
const WORKLOADS = new Set(["Deployment", "StatefulSet"]);

export const workloads = (objects) => objects.filter((object) => WORKLOADS.has(object.kind));
export const named = (objects, kind, name) =>
    objects.find((object) => object.kind === kind && object.metadata.name === name);
const ofKind = (objects, kind) => objects.filter((object) => object.kind === kind);
const title = (object) => `${object.kind} ${object.metadata.name}`;
const labelsOf = (workload) => workload.spec.template.metadata.labels ?? {};
const containersOf = (workload) => workload.spec.template.spec.containers;
const portsOf = (workload) => containersOf(workload).flatMap((container) => container.ports ?? []);
const hasPort = (workload, port) =>
    portsOf(workload).some((known) => known.name === port || known.containerPort === port);

function selects(selector, labels) {
    return Object.entries(selector ?? {}).every(([key, value]) => labels[key] === value);
}

function selected(objects, selector) {
    return workloads(objects).filter((workload) => selects(selector, labelsOf(workload)));
}

/** The models also know versions that clusters no longer serve. */
export function versionsAreServed(objects) {
    const served = new Set(["v1", "apps/v1", "policy/v1", "networking.k8s.io/v1", "keda.sh/v1alpha1"]);
    return objects.filter((object) => !served.has(object.apiVersion))
        .map((object) => `${title(object)}: ${object.apiVersion}`);
}

export function oneNamespace(objects) {
    return objects
        .filter((object) => object.kind !== "Namespace")
        .filter((object) => object.metadata.namespace !== "partita")
        .map((object) => `${title(object)} is not in namespace partita`);
}

export function namesAreUnique(objects) {
    const seen = new Set();
    return objects.map(title).filter((one) => seen.size === seen.add(one).size);
}

export function selectorsAgreeWithTemplates(objects) {
    return workloads(objects)
        .filter((workload) => !selects(workload.spec.selector.matchLabels, labelsOf(workload)))
        .map((workload) => `${title(workload)} does not select its own pods`);
}

export function selectorsAreDistinct(objects) {
    return workloads(objects)
        .filter((workload) => selected(objects, workload.spec.selector.matchLabels).length !== 1)
        .map((workload) => `${title(workload)} selects other pods as well`);
}

export function servicesFindTheirPods(objects) {
    return ofKind(objects, "Service").flatMap((service) => {
        const targets = selected(objects, service.spec.selector);
        if (targets.length !== 1) {
            return [`${title(service)} selects ${targets.length} workloads`];
        }
        return service.spec.ports
            .filter((port) => !hasPort(targets[0], port.targetPort ?? port.port))
            .map((port) => `${title(service)}: ${title(targets[0])} has no port ${port.targetPort}`);
    });
}

export function statefulSetsNameTheirService(objects) {
    return ofKind(objects, "StatefulSet")
        .filter((set) => !named(objects, "Service", set.spec.serviceName))
        .map((set) => `${title(set)}: no Service ${set.spec.serviceName}`);
}

export function budgetsLeaveRoom(objects) {
    return ofKind(objects, "PodDisruptionBudget").flatMap((budget) => {
        const targets = selected(objects, budget.spec.selector.matchLabels);
        if (targets.length !== 1) {
            return [`${title(budget)} selects ${targets.length} workloads`];
        }
        const replicas = targets[0].spec.replicas ?? 1;
        return budget.spec.minAvailable >= replicas
            ? [`${title(budget)} would never let one of ${replicas} go`]
            : [];
    });
}

export function severalPodsHaveABudgetAndSpread(objects) {
    return ofKind(objects, "Deployment").flatMap((deployment) => {
        const complaints = [];
        const budgets = ofKind(objects, "PodDisruptionBudget").filter((budget) =>
            selects(budget.spec.selector.matchLabels, labelsOf(deployment)));
        if (budgets.length !== 1) {
            complaints.push(`${title(deployment)} has ${budgets.length} disruption budgets`);
        }
        const spread = deployment.spec.template.spec.topologySpreadConstraints ?? [];
        if (!spread.some((one) => selects(one.labelSelector.matchLabels, labelsOf(deployment)))) {
            complaints.push(`${title(deployment)} does not spread over nodes`);
        }
        return complaints;
    });
}

export function volumesAreThere(objects) {
    return workloads(objects).flatMap((workload) => {
        const pod = workload.spec.template.spec;
        const volumes = pod.volumes ?? [];
        const claims = workload.spec.volumeClaimTemplates ?? [];
        const there = [...volumes.map((one) => one.name), ...claims.map((one) => one.metadata.name)];
        const mounted = pod.containers.flatMap((container) =>
            (container.volumeMounts ?? []).map((mount) => mount.name));
        return [
            ...mounted.filter((name) => !there.includes(name))
                .map((name) => `${title(workload)} mounts ${name}, which it does not have`),
            ...there.filter((name) => !mounted.includes(name))
                .map((name) => `${title(workload)} never mounts ${name}`),
            ...volumes.filter((one) => one.hostPath)
                .map((one) => `${title(workload)} reaches into the node through ${one.name}`),
            ...volumes.filter((one) => one.configMap && !named(objects, "ConfigMap", one.configMap.name))
                .map((one) => `${title(workload)}: no ConfigMap ${one.configMap.name}`),
        ];
    });
}

export function podsAreRestricted(objects) {
    return workloads(objects).flatMap((workload) => {
        const pod = workload.spec.template.spec;
        const wanted = [
            [pod.securityContext?.runAsNonRoot === true, "may run as root"],
            [pod.securityContext?.runAsUser > 0, "names no user"],
            [pod.securityContext?.seccompProfile?.type === "RuntimeDefault", "has no seccomp profile"],
            [pod.automountServiceAccountToken === false, "carries a service account token"],
            [pod.enableServiceLinks === false, "gets service links as environment"],
            [pod.terminationGracePeriodSeconds >= 30, "has no time to stop"],
            [!pod.hostNetwork && !pod.hostPID && !pod.hostIPC, "shares the node's namespaces"],
            ...pod.containers.flatMap(({ securityContext: context }) => [
                [context?.allowPrivilegeEscalation === false, "may gain privileges"],
                [context?.readOnlyRootFilesystem === true, "may write to its image"],
                [context?.capabilities?.drop?.includes("ALL"), "keeps capabilities"],
                [context?.privileged !== true, "is privileged"],
            ]),
        ];
        return wanted.filter(([kept]) => !kept).map(([, fault]) => `${title(workload)} ${fault}`);
    });
}

export function containersAreProbed(objects) {
    return workloads(objects).flatMap((workload) => containersOf(workload).flatMap((container) => {
        const probes = [container.startupProbe, container.livenessProbe, container.readinessProbe];
        const complaints = [];
        if (!container.livenessProbe || !container.readinessProbe) {
            complaints.push(`${title(workload)} lacks a liveness or a readiness probe`);
        }
        for (const probe of probes.filter((one) => one)) {
            const port = (probe.httpGet ?? probe.tcpSocket)?.port;
            if (port !== undefined && !hasPort(workload, port)) {
                complaints.push(`${title(workload)} probes port ${port}, which it does not have`);
            }
        }
        return complaints;
    }));
}

const QUANTITY = /^[0-9]+(\.[0-9]+)?(m|k|Ki|M|Mi|G|Gi|T|Ti)?$/;

export function resourcesAreBounded(objects) {
    return workloads(objects).flatMap((workload) => containersOf(workload).flatMap((container) => {
        const { requests = {}, limits = {} } = container.resources ?? {};
        const odd = Object.entries({ ...requests, ...limits }).filter(([, value]) => !QUANTITY.test(value));
        return [
            ...(requests.cpu && requests.memory && limits.memory ? []
                : [`${title(workload)} lacks CPU request, memory request or memory limit`]),
            ...odd.map(([name, value]) => `${title(workload)}: ${value} is no quantity of ${name}`),
        ];
    }));
}

export function imagesAreFixed(objects) {
    return workloads(objects).flatMap((workload) => containersOf(workload)
        .filter(({ image }) => !/:[^/]+$/.test(image) || image.endsWith(":latest"))
        .map(({ image }) => `${title(workload)} runs ${image}, whatever that is today`));
}

/** Addresses in the environment: HOST:PORT, or a pair …_HOST and …_PORT. */
export function addressesLeadToServices(objects) {
    const leads = (host, port) =>
        named(objects, "Service", host)?.spec.ports.some((one) => String(one.port) === port);
    return workloads(objects).flatMap((workload) => containersOf(workload).flatMap((container) => {
        const environment = new Map((container.env ?? []).map(({ name, value }) => [name, value]));
        const addresses = [...environment].flatMap(([name, value]) => {
            if (name.endsWith("_BOOTSTRAP_SERVERS")) {
                return value.split(",").map((address) => address.split(":"));
            }
            return name.endsWith("_HOST") ? [[value, environment.get(name.replace(/HOST$/, "PORT"))]] : [];
        });
        return addresses.filter(([host, port]) => !leads(host, port))
            .map(([host, port]) => `${title(workload)}: no Service ${host} with port ${port}`);
    }));
}

export function scaledObjectsFindTheirTargets(objects) {
    return ofKind(objects, "ScaledObject").flatMap((scaled) => {
        const target = named(objects, scaled.spec.scaleTargetRef.kind ?? "Deployment", scaled.spec.scaleTargetRef.name);
        if (!target) {
            return [`${title(scaled)}: no workload ${scaled.spec.scaleTargetRef.name}`];
        }
        const complaints = target.spec.replicas === undefined ? []
            : [`${title(target)} fixes its replicas against its autoscaler`];
        for (const { type, metadata } of scaled.spec.triggers) {
            if (type !== "metrics-api") {
                complaints.push(`${title(scaled)}: trigger ${type} is not one that is checked here`);
                continue;
            }
            const { hostname, port } = new URL(metadata.url);
            const [service, namespace] = hostname.split(".");
            const found = namespace === "partita"
                && named(objects, "Service", service)?.spec.ports.some((one) => String(one.port) === port);
            if (!found) {
                complaints.push(`${title(scaled)}: ${metadata.url} leads to no Service`);
            }
            if (!(Number(metadata.targetValue) > 0) || !metadata.valueLocation) {
                complaints.push(`${title(scaled)}: no target value or no place to read it`);
            }
        }
        return complaints;
    });
}

const ANYONE = "anyone";

/** Who may talk to whom, as far as one side's policies say: "a -> b:port". */
export function allowed(objects, direction) {
    const edges = new Set();
    for (const { spec } of ofKind(objects, "NetworkPolicy")) {
        const subjects = selected(objects, spec.podSelector.matchLabels);
        for (const rule of (direction === "Ingress" ? spec.ingress : spec.egress) ?? []) {
            const peers = (direction === "Ingress" ? rule.from : rule.to) ?? [{ anyone: true }];
            for (const peer of peers) {
                const others = peer.anyone ? [ANYONE]
                    : peer.namespaceSelector
                        ? [`namespace ${peer.namespaceSelector.matchLabels["kubernetes.io/metadata.name"]}`]
                        : selected(objects, peer.podSelector.matchLabels).map((one) => labelsOf(one)[NAME]);
                for (const { port } of rule.ports) {
                    for (const subject of subjects.map((one) => labelsOf(one)[NAME])) {
                        for (const other of others) {
                            edges.add(direction === "Ingress"
                                ? `${other} -> ${subject}:${port}` : `${subject} -> ${other}:${port}`);
                        }
                    }
                }
            }
        }
    }
    return edges;
}

export function policiesMeetInTheMiddle(objects) {
    const inward = allowed(objects, "Ingress");
    const outward = allowed(objects, "Egress");
    const local = (edge) => !edge.startsWith(ANYONE) && !edge.includes("namespace ");
    const complaints = [
        ...[...inward].filter((edge) => local(edge) && !outward.has(edge))
            .map((edge) => `${edge} may be received but not sent`),
        ...[...outward].filter((edge) => local(edge) && !inward.has(edge))
            .map((edge) => `${edge} may be sent but not received`),
    ];
    for (const edge of inward) {
        const [subject, port] = edge.split(" -> ")[1].split(":");
        const workload = workloads(objects).find((one) => labelsOf(one)[NAME] === subject);
        if (!hasPort(workload, port)) {
            complaints.push(`${edge}: ${subject} has no port ${port}`);
        }
    }
    for (const policy of ofKind(objects, "NetworkPolicy")) {
        if (selected(objects, policy.spec.podSelector.matchLabels).length === 0) {
            complaints.push(`${title(policy)} selects no pods`);
        }
    }
    const denies = ofKind(objects, "NetworkPolicy").some(({ spec }) =>
        Object.keys(spec.podSelector).length === 0 && !spec.ingress && !spec.egress
        && spec.policyTypes.includes("Ingress") && spec.policyTypes.includes("Egress"));
    return denies ? complaints : [...complaints, "nothing is denied by default"];
}

export const rules = {
    versionsAreServed,
    oneNamespace,
    namesAreUnique,
    selectorsAgreeWithTemplates,
    selectorsAreDistinct,
    servicesFindTheirPods,
    statefulSetsNameTheirService,
    budgetsLeaveRoom,
    severalPodsHaveABudgetAndSpread,
    volumesAreThere,
    podsAreRestricted,
    containersAreProbed,
    resourcesAreBounded,
    imagesAreFixed,
    addressesLeadToServices,
    scaledObjectsFindTheirTargets,
    policiesMeetInTheMiddle,
};

/** All complaints of all rules. */
export const complaints = (objects) => Object.values(rules).flatMap((rule) => rule(objects));
