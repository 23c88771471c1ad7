package io.points.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What every error must be: RFC 9457, with a stable type, and nothing of our insides in it. */
final class ProblemRules {

    private static final Pattern TYPE = Pattern.compile("urn:points:problem:[a-z0-9]+(-[a-z0-9]+)*");

    /** Names of classes and packages, stack traces, SQL. */
    private static final Pattern INSIDES = Pattern.compile(
            "\\b(java|javax|jakarta|sun|com|org|io)\\.[a-z]+\\w*[.$]|Exception|\\bat [a-z]+\\.|\\n\\tat |SQLSTATE"
                    + "|\\b(insert into|select .* from|update .* set)\\b");

    private ProblemRules() {}

    /** What is wrong with an answer that should be a problem of this status and type. */
    static List<String> broken(Answer answer, int status, String slug) {
        var broken = new ArrayList<String>();
        if (answer.status() != status) {
            broken.add("the status is not " + status);
        }
        if (!"application/problem+json".equals(answer.mediaType())) {
            broken.add("it is no application/problem+json");
            return broken;
        }
        var problem = answer.json();
        var type = problem.path("type").asText();
        if (!TYPE.matcher(type).matches() || !type.equals("urn:points:problem:" + slug)) {
            broken.add("the type is not " + slug);
        }
        if (problem.path("status").asInt() != answer.status()) {
            broken.add("the status within differs");
        }
        if (problem.path("title").asText().isBlank()
                || problem.path("detail").asText().isBlank()) {
            broken.add("it says nothing to people");
        }
        if (INSIDES.matcher(answer.text()).find()) {
            broken.add("it shows our insides");
        }
        return broken;
    }
}
