package dev.relay.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One task for several programs in turn, so that whatever else the machine does meets all of them alike. */
final class Contest {
    private final String task;
    private final Lab lab;
    private final Map<String, Attempt> attempts = new LinkedHashMap<>();

    /** One run of one program. */
    interface Attempt {
        Sample run() throws IOException;
    }

    Contest(String task, Lab lab) {
        this.task = task;
        this.lab = lab;
    }

    Contest with(String name, Attempt attempt) {
        attempts.put(name, attempt);
        return this;
    }

    /** Runs everything so many times, and once before to warm up; a program that fails is named and goes on. */
    Map<String, Series> run(int rounds) throws IOException {
        System.err.println("bench: " + task);
        var samples = new LinkedHashMap<String, List<Sample>>();
        for (int round = 0; round <= rounds; round++) {
            for (Map.Entry<String, Attempt> attempt : attempts.entrySet()) {
                Sample sample = attempt.getValue().run();
                if (sample.exitCode() != 0) {
                    System.err.println(
                            "bench: " + attempt.getKey() + ": exit code " + sample.exitCode() + ": " + lab.errors());
                }
                if (round > 0) {
                    samples.computeIfAbsent(attempt.getKey(), _ -> new ArrayList<>())
                            .add(sample);
                }
            }
        }
        var results = new LinkedHashMap<String, Series>();
        samples.forEach((name, all) -> results.put(name, new Series(all)));
        return results;
    }
}
