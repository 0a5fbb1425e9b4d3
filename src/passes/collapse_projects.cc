#include "passes/collapse_projects.h"

#include "passes/rewrite_plans.h"
#include "plan/merge_projects.h"

namespace pyrite::passes {

plan::RelationPtr CollapseProjects(plan::RelationPtr plan) {
  return RewritePlans(plan, [](plan::RelationPtr relation) {
    auto* project = relation->TryAs<plan::Project>();
    if (!project || project->input->kind() != plan::RelationKind::kProject) return relation;
    plan::RelationPtr merged = plan::MakeMergedProject(project->input, project->expressions);
    return merged->As<plan::Project>().input == project->input ? relation : merged;
  });
}

}  // namespace pyrite::passes
