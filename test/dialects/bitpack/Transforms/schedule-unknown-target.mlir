// RUN: slb-opt --bitpack-schedule=target=m4 --verify-diagnostics %s

// expected-error @below {{expects a target, such as 'c99', but got 'm4'}}
module {
}
