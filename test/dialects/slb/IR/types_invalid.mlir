// RUN: slb-opt --split-input-file --verify-diagnostics %s

// expected-error@+1 {{expects 1 to 4 bits in an odd value set, but got 5}}
func.func private @odd_bits(tensor<2x!slb.lowbit<odd<5>>>)

// -----

// expected-error@+1 {{expects 'odd', 'range' or 'list', but got 'even'}}
func.func private @kind(tensor<2x!slb.lowbit<even<1>>>)

// -----

// expected-error@+1 {{expects at least two values, but got the range 3:3}}
func.func private @range_size(tensor<2x!slb.lowbit<range<3:3>>>)

// -----

// expected-error@+1 {{expects 32-bit values, but got the range 0:4294967296}}
func.func private @range_bits(tensor<2x!slb.lowbit<range<0:4294967296>>>)

// -----

// expected-error@+1 {{expects ascending values, but got 1 after 1}}
func.func private @list_order(tensor<2x!slb.lowbit<list<-1, 1, 1>>>)

// -----

// expected-error@+1 {{expects 2 to 256 values in a list, but got 1}}
func.func private @list_size(tensor<2x!slb.lowbit<list<1>>>)

// -----

// expected-error@+1 {{expects positive finite scales, but got}}
func.func private @scale_sign(tensor<2x!slb.lowbit<odd<1>, scale = -1.0>>)

// -----

// expected-error@+1 {{expects a non-negative axis, but got -1}}
func.func private @axis(tensor<2x!slb.lowbit<odd<1>, scales = [1.0, 2.0] axis = -1>>)

// -----

// expected-error@+1 {{expects one scale without an axis, but got 0}}
func.func private @scales_none(tensor<2x!slb.lowbit<odd<1>, scales = [] axis = 0>>)
