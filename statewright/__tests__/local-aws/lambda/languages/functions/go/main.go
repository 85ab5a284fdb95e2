package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
)

// TestError is what a Catch of the state machine names.
type TestError struct{}

func (TestError) Error() string { return "boom" }

func handle(_ context.Context, event json.RawMessage) (any, error) {
	var request struct{ Action string }
	if err := json.Unmarshal(event, &request); err != nil {
		return nil, err
	}
	switch request.Action {
	case "raise":
		return nil, TestError{}
	case "exit":
		os.Exit(3)
	case "sleep":
		time.Sleep(time.Minute)
	case "memory":
		return len(strings.Repeat("x", 300_000_000)), nil
	case "big":
		return strings.Repeat("x", 7_000_000), nil
	case "log":
		fmt.Println("first line\nsecond line")
		fmt.Fprintln(os.Stderr, "to standard error")
		return "logged", nil
	}
	return event, nil
}

func main() { lambda.Start(handle) }
