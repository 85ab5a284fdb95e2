run "deploys" {
  assert {
    condition     = aws_sfn_state_machine.order.status == "ACTIVE"
    error_message = "the state machine is not active"
  }
}
