#!/bin/bash
# Makes the topics of topics.txt that are missing: topics.sh BROKER
set -euo pipefail

while read -r name partitions retention; do
  /opt/kafka/bin/kafka-topics.sh --bootstrap-server "$1" --create --if-not-exists --topic "$name" \
    --partitions "$partitions" --replication-factor 1 --config "retention.ms=$retention" \
    --config compression.type=uncompressed --config max.message.bytes=1048576
done <"$(dirname "$0")/topics.txt"
