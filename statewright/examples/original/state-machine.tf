resource "aws_iam_role" "state" {
  name = "state"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "states.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "invoke" {
  name = "invoke"
  role = aws_iam_role.state.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "lambda:InvokeFunction"
      Resource = [for function in aws_lambda_function.function : function.arn]
    }]
  })
}

resource "aws_sfn_state_machine" "state" {
  name     = "state"
  role_arn = aws_iam_role.state.arn
  definition = templatefile("${path.module}/states.json", {
    test_lambda_arn  = aws_lambda_function.function["Test"].arn
    error_lambda_arn = aws_lambda_function.function["Error"].arn
  })
  depends_on = [aws_iam_role_policy.invoke]
}
