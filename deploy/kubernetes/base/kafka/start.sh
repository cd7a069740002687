#!/bin/bash
# Formats the data directory on the first start, then becomes the broker.
set -eu
data=/var/lib/kafka/data
config=/etc/partita/kafka.properties

if [ ! -f "$data/metadata/meta.properties" ]; then
    if [ ! -s "$data/cluster-id" ]; then
        /opt/kafka/bin/kafka-storage.sh random-uuid > "$data/cluster-id.new"
        mv "$data/cluster-id.new" "$data/cluster-id"
    fi
    /opt/kafka/bin/kafka-storage.sh format --standalone --ignore-formatted \
        --cluster-id "$(cat "$data/cluster-id")" --config "$config"
fi
exec /opt/kafka/bin/kafka-server-start.sh "$config"
