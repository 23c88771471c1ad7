package io.points.distribution.member;

import io.points.distribution.member.MemberRules.Wish;
import java.util.UUID;

/**
 * What is asked for one of many members.
 *
 * @param place where it stands in the request, before the name of one of its fields
 * @param number the line of the CSV, or the place in the JSON, from 1
 */
record MemberRow(String place, int number, UUID userId, Wish wish) {}
