# A workspace that runs nothing: the smallest template with a parameter. Copy it, and put what your workspaces run on in
# the place of terraform_data: a container, a pod, a machine with a coder_agent.
terraform {
  required_providers {
    coder = {
      source = "coder/coder"
    }
  }
}

data "coder_workspace" "me" {}

data "coder_workspace_owner" "me" {}

data "coder_parameter" "size" {
  name         = "size"
  display_name = "Size"
  description  = "How big the workspace is."
  type         = "string"
  default      = "small"
  mutable      = true

  option {
    name  = "Small"
    value = "small"
  }
  option {
    name  = "Large"
    value = "large"
  }
}

# What exists only while the workspace runs.
resource "terraform_data" "workspace" {
  count = data.coder_workspace.me.start_count
  input = {
    owner = data.coder_workspace_owner.me.name
    name  = data.coder_workspace.me.name
    size  = data.coder_parameter.size.value
  }
}
