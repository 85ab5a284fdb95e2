terraform {
  required_providers {
    aws     = { source = "hashicorp/aws" }
    archive = { source = "hashicorp/archive" }
  }
}

provider "aws" {
  region = "us-east-1"
}

output "state_machine_arn" {
  value = aws_sfn_state_machine.state.arn
}
