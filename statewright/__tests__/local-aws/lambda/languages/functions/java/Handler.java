package example;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

public class Handler {
    public static class TestError extends RuntimeException {
        TestError(String message) {
            super(message);
        }
    }

    public Object handle(Map<String, Object> event) throws InterruptedException {
        switch (String.valueOf(event.get("action"))) {
            case "raise":
                throw new TestError("boom");
            case "exit":
                System.exit(3);
            case "sleep":
                Thread.sleep(60_000);
            case "memory":
                List<byte[]> held = new ArrayList<>();
                while (held.size() < 300) held.add(new byte[1_000_000]);
                return held.size();
            case "big":
                return "x".repeat(7_000_000);
            case "log":
                System.out.println("first line\nsecond line");
                System.err.println("to standard error");
                return "logged";
            default:
                return event;
        }
    }
}
