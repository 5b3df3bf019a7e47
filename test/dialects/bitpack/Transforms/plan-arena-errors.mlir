// RUN: slb-opt --bitpack-plan-arena --verify-diagnostics %s

// expected-error @below {{expects one function of one block to plan, but got 2 functions}}
module {
  func.func @a() { return }
  func.func @b() { return }
}
