/** A Terraform configuration with a state machine and a function whose runtime this machine does not have. */
export const dotnetStack = `
resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = ["lambda.amazonaws.com", "states.amazonaws.com"] }, Action = "sts:AssumeRole" }]
  })
}
data "archive_file" "f" {
  type                    = "zip"
  source_content          = "x"
  source_content_filename = "x"
  output_path             = "f.zip"
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = aws_iam_role.r.arn
  runtime       = "dotnet8"
  handler       = "F::F::Handle"
  filename      = data.archive_file.f.output_path
}
resource "aws_sfn_state_machine" "m" {
  name       = "m"
  role_arn   = aws_iam_role.r.arn
  definition = jsonencode({ StartAt = "A", States = { A = { Type = "Succeed" } } })
}
`;
