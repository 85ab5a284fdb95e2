locals {
  trusts_step_functions = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "states.amazonaws.com" } }]
  })

  # The order's own ARNs, which its policy needs before it exists.
  order_arn       = "arn:aws:states:us-east-1:${data.aws_caller_identity.current.account_id}:stateMachine:order"
  order_execution = replace(local.order_arn, ":stateMachine:", ":execution:")

  # What the order may do, by the name of the policy.
  order_permissions = {
    functions = [{
      Action   = "lambda:InvokeFunction"
      Resource = [aws_lambda_function.function["price"].arn, aws_lambda_function.function["receipt"].arn]
    }]
    table     = [{ Action = "dynamodb:PutItem", Resource = aws_dynamodb_table.orders.arn }]
    warehouse = [{ Action = "sqs:SendMessage", Resource = aws_sqs_queue.warehouse.arn }]
    archive   = [{ Action = "s3:PutObject", Resource = "${aws_s3_bucket.archive.arn}/receipts/*" }]
    # Each row of a file is a child execution of the order.
    file = [
      { Action = "s3:GetObject", Resource = "${aws_s3_bucket.archive.arn}/orders/*" },
      { Action = "states:StartExecution", Resource = local.order_arn },
      { Action = ["states:DescribeExecution", "states:StopExecution"], Resource = "${local.order_execution}:*" },
    ]
    topic = [{ Action = "sns:Publish", Resource = aws_sns_topic.receipts.arn }]
    events = [{
      Action   = "events:PutEvents"
      Resource = "arn:aws:events:us-east-1:${data.aws_caller_identity.current.account_id}:event-bus/default"
    }]
    # Step Functions waits for a nested execution with a rule that it manages itself.
    payment = [
      { Action = "states:StartExecution", Resource = aws_sfn_state_machine.payment.arn },
      {
        Action   = ["states:DescribeExecution", "states:StopExecution"]
        Resource = "${replace(aws_sfn_state_machine.payment.arn, ":stateMachine:", ":execution:")}:*"
      },
      {
        Action   = ["events:PutTargets", "events:PutRule", "events:DescribeRule"]
        Resource = "arn:aws:events:us-east-1:${data.aws_caller_identity.current.account_id}:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule"
      },
    ]
  }
}

resource "aws_iam_role" "payment" {
  name               = "payment"
  assume_role_policy = local.trusts_step_functions
}

resource "aws_iam_role_policy" "payment" {
  name = "charge"
  role = aws_iam_role.payment.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "lambda:InvokeFunction"
      Resource = aws_lambda_function.function["charge"].arn
    }]
  })
}

resource "aws_sfn_state_machine" "payment" {
  name       = "payment"
  role_arn   = aws_iam_role.payment.arn
  definition = templatefile("${path.module}/payment.asl.json", { charge = aws_lambda_function.function["charge"].arn })
  depends_on = [aws_iam_role_policy.payment]
}

resource "aws_iam_role" "order" {
  name               = "order"
  assume_role_policy = local.trusts_step_functions
}

resource "aws_iam_role_policy" "order" {
  for_each = local.order_permissions
  name     = each.key
  role     = aws_iam_role.order.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [for permission in each.value : merge({ Effect = "Allow" }, permission)]
  })
}

resource "aws_sfn_state_machine" "order" {
  name     = "order"
  role_arn = aws_iam_role.order.arn
  definition = templatefile("${path.module}/order.asl.json", {
    price   = aws_lambda_function.function["price"].arn
    receipt = aws_lambda_function.function["receipt"].arn
    payment = aws_sfn_state_machine.payment.arn
    table   = aws_dynamodb_table.orders.name
    queue   = aws_sqs_queue.warehouse.url
    topic   = aws_sns_topic.receipts.arn
    bucket  = aws_s3_bucket.archive.bucket
  })
  depends_on = [aws_iam_role_policy.order]
}
