export const object0: import("kubernetes-models/v1/Namespace").INamespace = {
  "apiVersion": "v1",
  "kind": "Namespace",
  "metadata": {
    "labels": {
      "app.kubernetes.io/part-of": "partita",
      "pod-security.kubernetes.io/audit": "restricted",
      "pod-security.kubernetes.io/enforce": "restricted",
      "pod-security.kubernetes.io/warn": "restricted"
    },
    "name": "partita"
  }
};

export const object1: import("kubernetes-models/v1/ConfigMap").IConfigMap = {
  "apiVersion": "v1",
  "data": {
    "kafka.properties": "# One KRaft node, broker and controller together. Compose and Kubernetes mount this same file.\nprocess.roles=broker,controller\nnode.id=1\ncontroller.quorum.bootstrap.servers=localhost:9093\ncontroller.listener.names=CONTROLLER\n\n# Clients come through CLIENT. BROKER is the broker's way to itself: share groups write their state\n# over the inter-broker listener, and where that address cannot be reached from inside, share\n# consumers receive nothing and no error is logged.\nlisteners=CLIENT://:9092,BROKER://localhost:9094,CONTROLLER://localhost:9093\nadvertised.listeners=CLIENT://kafka:9092,BROKER://localhost:9094\ninter.broker.listener.name=BROKER\nlistener.security.protocol.map=CLIENT:PLAINTEXT,BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT\n\nlog.dirs=/var/lib/kafka/data/logs\nmetadata.log.dir=/var/lib/kafka/data/metadata\n\n# Fewer than three brokers: the internal topics cannot have three replicas.\noffsets.topic.replication.factor=1\noffsets.topic.num.partitions=1\ntransaction.state.log.replication.factor=1\ntransaction.state.log.min.isr=1\nshare.coordinator.state.topic.replication.factor=1\nshare.coordinator.state.topic.min.isr=1\nshare.coordinator.state.topic.num.partitions=1\n\n# A broker that stopped between a share group's first join and its initialisation would otherwise\n# keep the group's first job waiting for half a minute after its return.\ngroup.share.initialize.retry.interval.ms=1000\noffsets.commit.timeout.ms=2000\ngroup.initial.rebalance.delay.ms=0\n\n# Every lane of every worker is a member of its own.\ngroup.share.max.size=1000\n\n# The gateway creates the topics it needs.\nauto.create.topics.enable=false\n",
    "log4j2.properties": "# Console only: the root file system is read-only.\nappender.console.type = Console\nappender.console.name = console\nappender.console.layout.type = PatternLayout\nappender.console.layout.pattern = %d{ISO8601} %-5p %c{1} %m%n\nrootLogger.level = warn\nrootLogger.appenderRef.console.ref = console\nlogger.server.name = kafka.server.KafkaRaftServer\nlogger.server.level = info\nlogger.config.name = org.apache.kafka.common.config\nlogger.config.level = error\n",
    "start.sh": "#!/bin/bash\n# Formats the data directory on the first start, then becomes the broker.\nset -eu\ndata=/var/lib/kafka/data\nconfig=/etc/partita/kafka.properties\n\nif [ ! -f \"$data/metadata/meta.properties\" ]; then\n    if [ ! -s \"$data/cluster-id\" ]; then\n        /opt/kafka/bin/kafka-storage.sh random-uuid > \"$data/cluster-id.new\"\n        mv \"$data/cluster-id.new\" \"$data/cluster-id\"\n    fi\n    /opt/kafka/bin/kafka-storage.sh format --standalone --ignore-formatted \\\n        --cluster-id \"$(cat \"$data/cluster-id\")\" --config \"$config\"\nfi\nexec /opt/kafka/bin/kafka-server-start.sh \"$config\"\n"
  },
  "kind": "ConfigMap",
  "metadata": {
    "labels": {
      "app.kubernetes.io/part-of": "partita"
    },
    "name": "kafka-config-6m9d427m47",
    "namespace": "partita"
  }
};

export const object2: import("kubernetes-models/v1/Service").IService = {
  "apiVersion": "v1",
  "kind": "Service",
  "metadata": {
    "labels": {
      "app.kubernetes.io/part-of": "partita"
    },
    "name": "gateway",
    "namespace": "partita"
  },
  "spec": {
    "ports": [
      {
        "name": "http",
        "port": 8080,
        "targetPort": "http"
      }
    ],
    "selector": {
      "app.kubernetes.io/name": "gateway"
    }
  }
};

export const object3: import("kubernetes-models/v1/Service").IService = {
  "apiVersion": "v1",
  "kind": "Service",
  "metadata": {
    "labels": {
      "app.kubernetes.io/part-of": "partita"
    },
    "name": "kafka",
    "namespace": "partita"
  },
  "spec": {
    "ports": [
      {
        "name": "client",
        "port": 9092,
        "targetPort": "client"
      }
    ],
    "selector": {
      "app.kubernetes.io/name": "kafka"
    }
  }
};

export const object4: import("kubernetes-models/v1/Service").IService = {
  "apiVersion": "v1",
  "kind": "Service",
  "metadata": {
    "labels": {
      "app.kubernetes.io/part-of": "partita"
    },
    "name": "redis",
    "namespace": "partita"
  },
  "spec": {
    "ports": [
      {
        "name": "redis",
        "port": 6379,
        "targetPort": "redis"
      }
    ],
    "selector": {
      "app.kubernetes.io/name": "redis"
    }
  }
};

export const object5: import("kubernetes-models/v1/Service").IService = {
  "apiVersion": "v1",
  "kind": "Service",
  "metadata": {
    "labels": {
      "app.kubernetes.io/part-of": "partita"
    },
    "name": "site",
    "namespace": "partita"
  },
  "spec": {
    "ports": [
      {
        "name": "http",
        "port": 80,
        "targetPort": "http"
      }
    ],
    "selector": {
      "app.kubernetes.io/name": "site"
    }
  }
};

export const object6: import("kubernetes-models/apps/v1/Deployment").IDeployment = {
  "apiVersion": "apps/v1",
  "kind": "Deployment",
  "metadata": {
    "labels": {
      "app.kubernetes.io/name": "gateway",
      "app.kubernetes.io/part-of": "partita"
    },
    "name": "gateway",
    "namespace": "partita"
  },
  "spec": {
    "replicas": 2,
    "selector": {
      "matchLabels": {
        "app.kubernetes.io/name": "gateway"
      }
    },
    "strategy": {
      "rollingUpdate": {
        "maxSurge": 1,
        "maxUnavailable": 0
      }
    },
    "template": {
      "metadata": {
        "labels": {
          "app.kubernetes.io/name": "gateway",
          "app.kubernetes.io/part-of": "partita"
        }
      },
      "spec": {
        "automountServiceAccountToken": false,
        "containers": [
          {
            "env": [
              {
                "name": "SPRING_KAFKA_BOOTSTRAP_SERVERS",
                "value": "kafka:9092"
              },
              {
                "name": "SPRING_DATA_REDIS_HOST",
                "value": "redis"
              },
              {
                "name": "SPRING_DATA_REDIS_PORT",
                "value": "6379"
              },
              {
                "name": "SERVER_FORWARD_HEADERS_STRATEGY",
                "value": "NATIVE"
              }
            ],
            "image": "partita/gateway:0.1.0",
            "lifecycle": {
              "preStop": {
                "sleep": {
                  "seconds": 5
                }
              }
            },
            "livenessProbe": {
              "httpGet": {
                "path": "/actuator/health/liveness",
                "port": "http"
              },
              "periodSeconds": 10,
              "timeoutSeconds": 3
            },
            "name": "gateway",
            "ports": [
              {
                "containerPort": 8080,
                "name": "http"
              }
            ],
            "readinessProbe": {
              "httpGet": {
                "path": "/actuator/health/readiness",
                "port": "http"
              },
              "periodSeconds": 5,
              "timeoutSeconds": 3
            },
            "resources": {
              "limits": {
                "memory": "512Mi"
              },
              "requests": {
                "cpu": "250m",
                "memory": "384Mi"
              }
            },
            "securityContext": {
              "allowPrivilegeEscalation": false,
              "capabilities": {
                "drop": [
                  "ALL"
                ]
              },
              "readOnlyRootFilesystem": true
            },
            "startupProbe": {
              "failureThreshold": 60,
              "httpGet": {
                "path": "/actuator/health/liveness",
                "port": "http"
              },
              "periodSeconds": 2
            },
            "volumeMounts": [
              {
                "mountPath": "/tmp",
                "name": "tmp"
              }
            ]
          }
        ],
        "enableServiceLinks": false,
        "securityContext": {
          "fsGroup": 10001,
          "runAsGroup": 10001,
          "runAsNonRoot": true,
          "runAsUser": 10001,
          "seccompProfile": {
            "type": "RuntimeDefault"
          }
        },
        "terminationGracePeriodSeconds": 45,
        "topologySpreadConstraints": [
          {
            "labelSelector": {
              "matchLabels": {
                "app.kubernetes.io/name": "gateway"
              }
            },
            "maxSkew": 1,
            "topologyKey": "kubernetes.io/hostname",
            "whenUnsatisfiable": "ScheduleAnyway"
          }
        ],
        "volumes": [
          {
            "emptyDir": {
              "sizeLimit": "64Mi"
            },
            "name": "tmp"
          }
        ]
      }
    }
  }
};

export const object7: import("kubernetes-models/apps/v1/Deployment").IDeployment = {
  "apiVersion": "apps/v1",
  "kind": "Deployment",
  "metadata": {
    "labels": {
      "app.kubernetes.io/name": "site",
      "app.kubernetes.io/part-of": "partita"
    },
    "name": "site",
    "namespace": "partita"
  },
  "spec": {
    "replicas": 2,
    "selector": {
      "matchLabels": {
        "app.kubernetes.io/name": "site"
      }
    },
    "strategy": {
      "rollingUpdate": {
        "maxSurge": 1,
        "maxUnavailable": 0
      }
    },
    "template": {
      "metadata": {
        "labels": {
          "app.kubernetes.io/name": "site",
          "app.kubernetes.io/part-of": "partita"
        }
      },
      "spec": {
        "automountServiceAccountToken": false,
        "containers": [
          {
            "image": "partita/site:0.1.0",
            "lifecycle": {
              "preStop": {
                "sleep": {
                  "seconds": 5
                }
              }
            },
            "livenessProbe": {
              "httpGet": {
                "path": "/healthz",
                "port": "http"
              },
              "periodSeconds": 10
            },
            "name": "site",
            "ports": [
              {
                "containerPort": 8080,
                "name": "http"
              }
            ],
            "readinessProbe": {
              "httpGet": {
                "path": "/healthz",
                "port": "http"
              },
              "periodSeconds": 5
            },
            "resources": {
              "limits": {
                "memory": "128Mi"
              },
              "requests": {
                "cpu": "50m",
                "memory": "32Mi"
              }
            },
            "securityContext": {
              "allowPrivilegeEscalation": false,
              "capabilities": {
                "drop": [
                  "ALL"
                ]
              },
              "readOnlyRootFilesystem": true
            },
            "volumeMounts": [
              {
                "mountPath": "/tmp",
                "name": "tmp"
              }
            ]
          }
        ],
        "enableServiceLinks": false,
        "securityContext": {
          "fsGroup": 101,
          "runAsGroup": 101,
          "runAsNonRoot": true,
          "runAsUser": 101,
          "seccompProfile": {
            "type": "RuntimeDefault"
          }
        },
        "terminationGracePeriodSeconds": 30,
        "topologySpreadConstraints": [
          {
            "labelSelector": {
              "matchLabels": {
                "app.kubernetes.io/name": "site"
              }
            },
            "maxSkew": 1,
            "topologyKey": "kubernetes.io/hostname",
            "whenUnsatisfiable": "ScheduleAnyway"
          }
        ],
        "volumes": [
          {
            "emptyDir": {
              "sizeLimit": "64Mi"
            },
            "name": "tmp"
          }
        ]
      }
    }
  }
};

export const object8: import("kubernetes-models/apps/v1/Deployment").IDeployment = {
  "apiVersion": "apps/v1",
  "kind": "Deployment",
  "metadata": {
    "labels": {
      "app.kubernetes.io/name": "worker",
      "app.kubernetes.io/part-of": "partita"
    },
    "name": "worker",
    "namespace": "partita"
  },
  "spec": {
    "replicas": 2,
    "selector": {
      "matchLabels": {
        "app.kubernetes.io/name": "worker"
      }
    },
    "strategy": {
      "rollingUpdate": {
        "maxSurge": 1,
        "maxUnavailable": 1
      }
    },
    "template": {
      "metadata": {
        "labels": {
          "app.kubernetes.io/name": "worker",
          "app.kubernetes.io/part-of": "partita"
        }
      },
      "spec": {
        "automountServiceAccountToken": false,
        "containers": [
          {
            "env": [
              {
                "name": "SPRING_KAFKA_BOOTSTRAP_SERVERS",
                "value": "kafka:9092"
              },
              {
                "name": "SPRING_DATA_REDIS_HOST",
                "value": "redis"
              },
              {
                "name": "SPRING_DATA_REDIS_PORT",
                "value": "6379"
              }
            ],
            "image": "partita/worker:0.1.0",
            "livenessProbe": {
              "httpGet": {
                "path": "/actuator/health/liveness",
                "port": "health"
              },
              "periodSeconds": 10,
              "timeoutSeconds": 3
            },
            "name": "worker",
            "ports": [
              {
                "containerPort": 8081,
                "name": "health"
              }
            ],
            "readinessProbe": {
              "httpGet": {
                "path": "/actuator/health/readiness",
                "port": "health"
              },
              "periodSeconds": 5,
              "timeoutSeconds": 3
            },
            "resources": {
              "limits": {
                "cpu": "2",
                "memory": "1536Mi"
              },
              "requests": {
                "cpu": "2",
                "memory": "1Gi"
              }
            },
            "securityContext": {
              "allowPrivilegeEscalation": false,
              "capabilities": {
                "drop": [
                  "ALL"
                ]
              },
              "readOnlyRootFilesystem": true
            },
            "startupProbe": {
              "failureThreshold": 90,
              "httpGet": {
                "path": "/actuator/health/liveness",
                "port": "health"
              },
              "periodSeconds": 2
            },
            "volumeMounts": [
              {
                "mountPath": "/tmp",
                "name": "tmp"
              }
            ]
          }
        ],
        "enableServiceLinks": false,
        "securityContext": {
          "fsGroup": 10001,
          "runAsGroup": 10001,
          "runAsNonRoot": true,
          "runAsUser": 10001,
          "seccompProfile": {
            "type": "RuntimeDefault"
          }
        },
        "terminationGracePeriodSeconds": 90,
        "topologySpreadConstraints": [
          {
            "labelSelector": {
              "matchLabels": {
                "app.kubernetes.io/name": "worker"
              }
            },
            "maxSkew": 1,
            "topologyKey": "kubernetes.io/hostname",
            "whenUnsatisfiable": "ScheduleAnyway"
          }
        ],
        "volumes": [
          {
            "emptyDir": {
              "sizeLimit": "256Mi"
            },
            "name": "tmp"
          }
        ]
      }
    }
  }
};

export const object9: import("kubernetes-models/apps/v1/StatefulSet").IStatefulSet = {
  "apiVersion": "apps/v1",
  "kind": "StatefulSet",
  "metadata": {
    "labels": {
      "app.kubernetes.io/name": "kafka",
      "app.kubernetes.io/part-of": "partita"
    },
    "name": "kafka",
    "namespace": "partita"
  },
  "spec": {
    "replicas": 1,
    "selector": {
      "matchLabels": {
        "app.kubernetes.io/name": "kafka"
      }
    },
    "serviceName": "kafka",
    "template": {
      "metadata": {
        "labels": {
          "app.kubernetes.io/name": "kafka",
          "app.kubernetes.io/part-of": "partita"
        }
      },
      "spec": {
        "automountServiceAccountToken": false,
        "containers": [
          {
            "command": [
              "/etc/partita/start.sh"
            ],
            "env": [
              {
                "name": "KAFKA_HEAP_OPTS",
                "value": "-Xmx512m"
              },
              {
                "name": "KAFKA_LOG4J_OPTS",
                "value": "-Dlog4j2.configurationFile=/etc/partita/log4j2.properties"
              },
              {
                "name": "LOG_DIR",
                "value": "/tmp/kafka"
              },
              {
                "name": "EXTRA_ARGS",
                "value": "-name kafkaServer"
              }
            ],
            "image": "apache/kafka:4.2.2",
            "livenessProbe": {
              "failureThreshold": 6,
              "periodSeconds": 10,
              "tcpSocket": {
                "port": "client"
              }
            },
            "name": "kafka",
            "ports": [
              {
                "containerPort": 9092,
                "name": "client"
              }
            ],
            "readinessProbe": {
              "periodSeconds": 5,
              "tcpSocket": {
                "port": "client"
              }
            },
            "resources": {
              "limits": {
                "memory": "1Gi"
              },
              "requests": {
                "cpu": "500m",
                "memory": "768Mi"
              }
            },
            "securityContext": {
              "allowPrivilegeEscalation": false,
              "capabilities": {
                "drop": [
                  "ALL"
                ]
              },
              "readOnlyRootFilesystem": true
            },
            "startupProbe": {
              "failureThreshold": 90,
              "periodSeconds": 2,
              "tcpSocket": {
                "port": "client"
              }
            },
            "volumeMounts": [
              {
                "mountPath": "/var/lib/kafka/data",
                "name": "data"
              },
              {
                "mountPath": "/etc/partita",
                "name": "config"
              },
              {
                "mountPath": "/tmp",
                "name": "tmp"
              }
            ]
          }
        ],
        "enableServiceLinks": false,
        "securityContext": {
          "fsGroup": 1000,
          "fsGroupChangePolicy": "OnRootMismatch",
          "runAsGroup": 1000,
          "runAsNonRoot": true,
          "runAsUser": 1000,
          "seccompProfile": {
            "type": "RuntimeDefault"
          }
        },
        "terminationGracePeriodSeconds": 60,
        "volumes": [
          {
            "configMap": {
              "defaultMode": 365,
              "name": "kafka-config-6m9d427m47"
            },
            "name": "config"
          },
          {
            "emptyDir": {
              "sizeLimit": "64Mi"
            },
            "name": "tmp"
          }
        ]
      }
    },
    "volumeClaimTemplates": [
      {
        "metadata": {
          "labels": {
            "app.kubernetes.io/part-of": "partita"
          },
          "name": "data"
        },
        "spec": {
          "accessModes": [
            "ReadWriteOnce"
          ],
          "resources": {
            "requests": {
              "storage": "8Gi"
            }
          }
        }
      }
    ]
  }
};

export const object10: import("kubernetes-models/apps/v1/StatefulSet").IStatefulSet = {
  "apiVersion": "apps/v1",
  "kind": "StatefulSet",
  "metadata": {
    "labels": {
      "app.kubernetes.io/name": "redis",
      "app.kubernetes.io/part-of": "partita"
    },
    "name": "redis",
    "namespace": "partita"
  },
  "spec": {
    "replicas": 1,
    "selector": {
      "matchLabels": {
        "app.kubernetes.io/name": "redis"
      }
    },
    "serviceName": "redis",
    "template": {
      "metadata": {
        "labels": {
          "app.kubernetes.io/name": "redis",
          "app.kubernetes.io/part-of": "partita"
        }
      },
      "spec": {
        "automountServiceAccountToken": false,
        "containers": [
          {
            "args": [
              "redis-server",
              "--appendonly",
              "yes",
              "--appendfsync",
              "everysec",
              "--save",
              "",
              "--maxmemory",
              "384mb",
              "--maxmemory-policy",
              "noeviction",
              "--protected-mode",
              "no"
            ],
            "image": "redis:7.2-alpine",
            "livenessProbe": {
              "failureThreshold": 6,
              "periodSeconds": 10,
              "tcpSocket": {
                "port": "redis"
              }
            },
            "name": "redis",
            "ports": [
              {
                "containerPort": 6379,
                "name": "redis"
              }
            ],
            "readinessProbe": {
              "exec": {
                "command": [
                  "sh",
                  "-c",
                  "redis-cli ping | grep -q PONG"
                ]
              },
              "periodSeconds": 5,
              "timeoutSeconds": 3
            },
            "resources": {
              "limits": {
                "memory": "768Mi"
              },
              "requests": {
                "cpu": "100m",
                "memory": "256Mi"
              }
            },
            "securityContext": {
              "allowPrivilegeEscalation": false,
              "capabilities": {
                "drop": [
                  "ALL"
                ]
              },
              "readOnlyRootFilesystem": true
            },
            "startupProbe": {
              "exec": {
                "command": [
                  "sh",
                  "-c",
                  "redis-cli ping | grep -q PONG"
                ]
              },
              "failureThreshold": 60,
              "periodSeconds": 2
            },
            "volumeMounts": [
              {
                "mountPath": "/data",
                "name": "data"
              },
              {
                "mountPath": "/tmp",
                "name": "tmp"
              }
            ]
          }
        ],
        "enableServiceLinks": false,
        "securityContext": {
          "fsGroup": 1000,
          "fsGroupChangePolicy": "OnRootMismatch",
          "runAsGroup": 1000,
          "runAsNonRoot": true,
          "runAsUser": 999,
          "seccompProfile": {
            "type": "RuntimeDefault"
          }
        },
        "terminationGracePeriodSeconds": 30,
        "volumes": [
          {
            "emptyDir": {
              "sizeLimit": "16Mi"
            },
            "name": "tmp"
          }
        ]
      }
    },
    "volumeClaimTemplates": [
      {
        "metadata": {
          "labels": {
            "app.kubernetes.io/part-of": "partita"
          },
          "name": "data"
        },
        "spec": {
          "accessModes": [
            "ReadWriteOnce"
          ],
          "resources": {
            "requests": {
              "storage": "4Gi"
            }
          }
        }
      }
    ]
  }
};

export const object11: import("kubernetes-models/policy/v1/PodDisruptionBudget").IPodDisruptionBudget = {
  "apiVersion": "policy/v1",
  "kind": "PodDisruptionBudget",
  "metadata": {
    "labels": {
      "app.kubernetes.io/part-of": "partita"
    },
    "name": "gateway",
    "namespace": "partita"
  },
  "spec": {
    "minAvailable": 1,
    "selector": {
      "matchLabels": {
        "app.kubernetes.io/name": "gateway"
      }
    }
  }
};

export const object12: import("kubernetes-models/policy/v1/PodDisruptionBudget").IPodDisruptionBudget = {
  "apiVersion": "policy/v1",
  "kind": "PodDisruptionBudget",
  "metadata": {
    "labels": {
      "app.kubernetes.io/part-of": "partita"
    },
    "name": "site",
    "namespace": "partita"
  },
  "spec": {
    "minAvailable": 1,
    "selector": {
      "matchLabels": {
        "app.kubernetes.io/name": "site"
      }
    }
  }
};

export const object13: import("kubernetes-models/policy/v1/PodDisruptionBudget").IPodDisruptionBudget = {
  "apiVersion": "policy/v1",
  "kind": "PodDisruptionBudget",
  "metadata": {
    "labels": {
      "app.kubernetes.io/part-of": "partita"
    },
    "name": "worker",
    "namespace": "partita"
  },
  "spec": {
    "maxUnavailable": 1,
    "selector": {
      "matchLabels": {
        "app.kubernetes.io/name": "worker"
      }
    }
  }
};

export const object14: import("kubernetes-models/networking.k8s.io/v1/NetworkPolicy").INetworkPolicy = {
  "apiVersion": "networking.k8s.io/v1",
  "kind": "NetworkPolicy",
  "metadata": {
    "labels": {
      "app.kubernetes.io/part-of": "partita"
    },
    "name": "default-deny",
    "namespace": "partita"
  },
  "spec": {
    "podSelector": {},
    "policyTypes": [
      "Ingress",
      "Egress"
    ]
  }
};

export const object15: import("kubernetes-models/networking.k8s.io/v1/NetworkPolicy").INetworkPolicy = {
  "apiVersion": "networking.k8s.io/v1",
  "kind": "NetworkPolicy",
  "metadata": {
    "labels": {
      "app.kubernetes.io/part-of": "partita"
    },
    "name": "gateway",
    "namespace": "partita"
  },
  "spec": {
    "egress": [
      {
        "ports": [
          {
            "port": "client",
            "protocol": "TCP"
          }
        ],
        "to": [
          {
            "podSelector": {
              "matchLabels": {
                "app.kubernetes.io/name": "kafka"
              }
            }
          }
        ]
      },
      {
        "ports": [
          {
            "port": "redis",
            "protocol": "TCP"
          }
        ],
        "to": [
          {
            "podSelector": {
              "matchLabels": {
                "app.kubernetes.io/name": "redis"
              }
            }
          }
        ]
      }
    ],
    "ingress": [
      {
        "from": [
          {
            "podSelector": {
              "matchLabels": {
                "app.kubernetes.io/name": "site"
              }
            }
          }
        ],
        "ports": [
          {
            "port": "http",
            "protocol": "TCP"
          }
        ]
      }
    ],
    "podSelector": {
      "matchLabels": {
        "app.kubernetes.io/name": "gateway"
      }
    },
    "policyTypes": [
      "Ingress",
      "Egress"
    ]
  }
};

export const object16: import("kubernetes-models/networking.k8s.io/v1/NetworkPolicy").INetworkPolicy = {
  "apiVersion": "networking.k8s.io/v1",
  "kind": "NetworkPolicy",
  "metadata": {
    "labels": {
      "app.kubernetes.io/part-of": "partita"
    },
    "name": "kafka",
    "namespace": "partita"
  },
  "spec": {
    "ingress": [
      {
        "from": [
          {
            "podSelector": {
              "matchLabels": {
                "app.kubernetes.io/name": "gateway"
              }
            }
          },
          {
            "podSelector": {
              "matchLabels": {
                "app.kubernetes.io/name": "worker"
              }
            }
          }
        ],
        "ports": [
          {
            "port": "client",
            "protocol": "TCP"
          }
        ]
      }
    ],
    "podSelector": {
      "matchLabels": {
        "app.kubernetes.io/name": "kafka"
      }
    },
    "policyTypes": [
      "Ingress"
    ]
  }
};

export const object17: import("kubernetes-models/networking.k8s.io/v1/NetworkPolicy").INetworkPolicy = {
  "apiVersion": "networking.k8s.io/v1",
  "kind": "NetworkPolicy",
  "metadata": {
    "labels": {
      "app.kubernetes.io/part-of": "partita"
    },
    "name": "names",
    "namespace": "partita"
  },
  "spec": {
    "egress": [
      {
        "ports": [
          {
            "port": 53,
            "protocol": "UDP"
          },
          {
            "port": 53,
            "protocol": "TCP"
          }
        ],
        "to": [
          {
            "namespaceSelector": {
              "matchLabels": {
                "kubernetes.io/metadata.name": "kube-system"
              }
            }
          }
        ]
      }
    ],
    "podSelector": {},
    "policyTypes": [
      "Egress"
    ]
  }
};

export const object18: import("kubernetes-models/networking.k8s.io/v1/NetworkPolicy").INetworkPolicy = {
  "apiVersion": "networking.k8s.io/v1",
  "kind": "NetworkPolicy",
  "metadata": {
    "labels": {
      "app.kubernetes.io/part-of": "partita"
    },
    "name": "redis",
    "namespace": "partita"
  },
  "spec": {
    "ingress": [
      {
        "from": [
          {
            "podSelector": {
              "matchLabels": {
                "app.kubernetes.io/name": "gateway"
              }
            }
          },
          {
            "podSelector": {
              "matchLabels": {
                "app.kubernetes.io/name": "worker"
              }
            }
          }
        ],
        "ports": [
          {
            "port": "redis",
            "protocol": "TCP"
          }
        ]
      }
    ],
    "podSelector": {
      "matchLabels": {
        "app.kubernetes.io/name": "redis"
      }
    },
    "policyTypes": [
      "Ingress"
    ]
  }
};

export const object19: import("kubernetes-models/networking.k8s.io/v1/NetworkPolicy").INetworkPolicy = {
  "apiVersion": "networking.k8s.io/v1",
  "kind": "NetworkPolicy",
  "metadata": {
    "labels": {
      "app.kubernetes.io/part-of": "partita"
    },
    "name": "site",
    "namespace": "partita"
  },
  "spec": {
    "egress": [
      {
        "ports": [
          {
            "port": "http",
            "protocol": "TCP"
          }
        ],
        "to": [
          {
            "podSelector": {
              "matchLabels": {
                "app.kubernetes.io/name": "gateway"
              }
            }
          }
        ]
      }
    ],
    "ingress": [
      {
        "ports": [
          {
            "port": "http",
            "protocol": "TCP"
          }
        ]
      }
    ],
    "podSelector": {
      "matchLabels": {
        "app.kubernetes.io/name": "site"
      }
    },
    "policyTypes": [
      "Ingress",
      "Egress"
    ]
  }
};

export const object20: import("kubernetes-models/networking.k8s.io/v1/NetworkPolicy").INetworkPolicy = {
  "apiVersion": "networking.k8s.io/v1",
  "kind": "NetworkPolicy",
  "metadata": {
    "labels": {
      "app.kubernetes.io/part-of": "partita"
    },
    "name": "worker",
    "namespace": "partita"
  },
  "spec": {
    "egress": [
      {
        "ports": [
          {
            "port": "client",
            "protocol": "TCP"
          }
        ],
        "to": [
          {
            "podSelector": {
              "matchLabels": {
                "app.kubernetes.io/name": "kafka"
              }
            }
          }
        ]
      },
      {
        "ports": [
          {
            "port": "redis",
            "protocol": "TCP"
          }
        ],
        "to": [
          {
            "podSelector": {
              "matchLabels": {
                "app.kubernetes.io/name": "redis"
              }
            }
          }
        ]
      }
    ],
    "podSelector": {
      "matchLabels": {
        "app.kubernetes.io/name": "worker"
      }
    },
    "policyTypes": [
      "Ingress",
      "Egress"
    ]
  }
};
