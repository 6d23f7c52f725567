#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Creates the job's topics on the broker named by BOOTSTRAP_SERVERS; existing ones stay as they are.
# The settings are those of kafka.create-topics: true (KafkaStartup), which a test compares.
set -euo pipefail

: "${BOOTSTRAP_SERVERS:?host:port of a broker is needed}"
readonly PARTITIONS="${PARTITIONS:-4}"
readonly KAFKA_TOPICS="${KAFKA_TOPICS:-/opt/kafka/bin/kafka-topics.sh}"

create() {
  local topic=$1
  shift
  "$KAFKA_TOPICS" --bootstrap-server "$BOOTSTRAP_SERVERS" --create --if-not-exists \
    --topic "$topic" --partitions "$PARTITIONS" --replication-factor 1 "$@"
}

one_day_ms=$((24 * 60 * 60 * 1000))
create clickstream
create segment-changes
# Without a greatest lag an erased user's last membership could stay for as long as traffic is low.
create segment-memberships --config cleanup.policy=compact \
  --config "max.compaction.lag.ms=$one_day_ms"
# Kept for ever: a later job starts from the newest model, and each segment id is to be explained.
create centroid-snapshots --config retention.ms=-1
create dead-letters
