"""Reads every topic as a stranger would, by docs/asyncapi.yaml and the CloudEvents SDK: topics.py BOOTSTRAP ASYNCAPI"""

import collections
import sys
import uuid

import yaml
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary_event
from confluent_kafka import OFFSET_BEGINNING, Consumer, TopicPartition
from jsonschema import Draft7Validator, FormatChecker

LONGEST_WAIT = 30


class Texts(yaml.SafeLoader):
    """YAML 1.1 would make times of what is text in JSON."""

    yaml_implicit_resolvers = {
        first: [it for it in resolvers if it[0] != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


bootstrap, file = sys.argv[1:]
with open(file, encoding="utf-8") as text:
    api = yaml.load(text, Loader=Texts)
validators = {
    name: Draft7Validator(
        {"allOf": [{"$ref": f"#/components/schemas/{name}"}], "components": api["components"]},
        format_checker=FormatChecker(),
    )
    for name in api["components"]["schemas"]
}
letters = Draft7Validator(api["components"]["messages"]["DeadLetter"]["headers"])


def faults(validator, value):
    return [f"{'/'.join(map(str, it.path))}: {it.message[:200]}" for it in validator.iter_errors(value)]


def faults_of(record, messages):
    """What a record has that the document does not say."""
    headers = {name: value.decode() for name, value in record.headers() or []}
    if set(messages) == {"DeadLetter"}:
        return faults(letters, headers)
    kind = headers.get("ce_type")
    if kind not in messages:
        return [f"a {kind} is not of this topic"]
    found = faults(validators[kind + "Headers"], headers)
    event = from_binary_event(
        KafkaMessage(headers=dict(record.headers()), key=record.key(), value=record.value())
    )
    if event.get_type() != kind or event.get_id() != headers["ce_id"]:
        found.append("the SDK reads other attributes")
    if record.key().decode() != event.get_extension("tenantid"):
        found.append("the key is not the tenant")
    return found + faults(validators[kind], event.get_data())


consumer = Consumer(
    {
        "bootstrap.servers": bootstrap,
        "group.id": f"outside-{uuid.uuid4()}",
        "enable.auto.commit": False,
        "auto.offset.reset": "earliest",
    }
)
read = collections.Counter()
wrong = collections.Counter()
channels = {channel["address"]: channel for channel in api["channels"].values()}
known = consumer.list_topics(timeout=LONGEST_WAIT).topics
ends = {}
for topic, channel in channels.items():
    partitions = known[topic].partitions if topic in known else {}
    if len(partitions) != channel["bindings"]["kafka"]["partitions"]:
        wrong[f"{topic} has {len(partitions)} partitions"] += 1
    for partition in partitions:
        low, high = consumer.get_watermark_offsets(TopicPartition(topic, partition), LONGEST_WAIT)
        if low < high:
            ends[topic, partition] = high
consumer.assign([TopicPartition(topic, partition, OFFSET_BEGINNING) for topic, partition in ends])
while ends:
    record = consumer.poll(LONGEST_WAIT)
    if record is None or record.error():
        sys.exit(f"not read to their ends: {ends}: {record and record.error()}")
    place = record.topic(), record.partition()
    if record.offset() + 1 >= ends.get(place, 0):
        ends.pop(place, None)
    kind = dict(record.headers() or []).get("ce_type", b"letter").decode()
    read[kind] += 1
    for fault in faults_of(record, channels[record.topic()]["messages"]):
        wrong[f"{record.topic()} {kind}: {fault}"] += 1
consumer.close()
for fault, times in wrong.most_common(40):
    print(f"{times} times: {fault}")
print(f"{read.total()} records of {len(read)} types on {len(api['channels'])} topics, {wrong.total()} failures")
sys.exit(1 if wrong or not read else 0)
