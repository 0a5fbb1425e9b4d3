#include "cluster/query_report.h"

#include <gtest/gtest.h>

namespace pyrite::cluster {
namespace {

QueryReport Report() {
  QueryReport report;
  report.query = "host:1-7-1";
  report.seconds = 1.5;
  report.rows = 3;
  report.stages = {
      {{"stage 0: 2 tasks, one partition", "  FILTER\n    SCAN <\"a&b\">\n"}, {}, 2},
      {{"stage 1: 1 task at the coordinator, the result", "  EXCHANGE stage 0, all\n"}, {0}, 1}};
  for (int task = 0; task < 2; ++task) {
    TaskReport made;
    made.id = {"host:1-7-1", 0, task, 0};
    made.worker = "10.0.0.7:31000";
    made.seconds = 0.25 + task;
    made.result.size.rows = {1000, 24};
    made.result.size.bytes = {2048, 512};
    made.result.spill_bytes = 3 << 20;
    made.is_used = true;
    report.tasks.push_back(made);
  }
  TaskReport lost = report.tasks[0];
  lost.id.attempt = 1;
  lost.result = {};
  lost.error = "WORKER_LOST.PYRITE";
  lost.is_used = false;
  report.tasks.push_back(lost);
  return report;
}

TEST(QueryReportTest, TextHasATableForEachStage) {
  EXPECT_EQ(
      ToText(Report()),
      "3 rows in 1.500 s\n"
      "stage 1: 1 task at the coordinator, the result\n"
      "  EXCHANGE stage 0, all\n"
      "stage 0: 2 tasks, one partition\n"
      "  FILTER\n"
      "    SCAN <\"a&b\">\n"
      "    worker         task attempt    time  waited rows read bytes read rows   bytes in a "
      "file spilled\n"
      "    10.0.0.7:31000    0       0 0.250 s 0.000 s         0        0 B 1024 2.5 KiB       "
      "0 B 3.0 MiB\n"
      "    10.0.0.7:31000    1       0 1.250 s 0.000 s         0        0 B 1024 2.5 KiB       "
      "0 B 3.0 MiB\n"
      "    10.0.0.7:31000    0       1 0.250 s 0.000 s         0        0 B    0     0 B       "
      "0 B     0 B WORKER_LOST.PYRITE\n");
}

TEST(QueryReportTest, TotalsAreOfWhatWasUsed) {
  StageTotal total = TotalOf(Report(), 0);
  EXPECT_EQ(total.rows, 2048);
  EXPECT_EQ(total.bytes, 5120);
  EXPECT_EQ(total.seconds, 1.25);
  EXPECT_EQ(total.spill_bytes, 3 << 20);
}

TEST(QueryReportTest, DotHasTheStagesAndTheirEdges) {
  EXPECT_EQ(ToDot(Report()),
            "digraph query {\n"
            "  rankdir=BT\n"
            "  node [shape=box, fontname=monospace]\n"
            "  stage0 [label=\"stage 0: 2 tasks, one partition\\l2048 rows, 5.0 KiB, 1.250 s, "
            "spilled 3.0 MiB\\l  FILTER\\l    SCAN <\\\"a&b\\\">\\l\"]\n"
            "  stage1 [label=\"stage 1: 1 task at the coordinator, the result\\l3 rows, 1.500 s in "
            "all\\l  EXCHANGE stage 0, all\\l\"]\n"
            "  stage0 -> stage1\n"
            "}\n");
}

TEST(QueryReportTest, ThePageEscapesWhatItShows) {
  std::string page = ToHtml(Report());
  EXPECT_NE(page.find("SCAN &lt;&quot;a&amp;b&quot;&gt;"), std::string::npos);
  EXPECT_NE(page.find("WORKER_LOST.PYRITE"), std::string::npos);
  EXPECT_EQ(page.find("<\"a&b"), std::string::npos);
}

}  // namespace
}  // namespace pyrite::cluster
