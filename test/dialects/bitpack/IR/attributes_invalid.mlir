// RUN: slb-opt --verify-diagnostics --split-input-file %s

// expected-error @below {{expects 'bitpack.self_check' of vectors, inputs and outputs, but got 1 : i64}}
module @self_check attributes {bitpack.self_check = 1} {
}

// -----

// expected-error @below {{expects 'bitpack.arena_bytes' only on modules, arguments and results}}
func.func private @place() attributes {bitpack.arena_bytes = 1}

// -----

// expected-error @below {{expects attributes of the bitpack dialect, but got 'bitpack.unknown'}}
module @name attributes {bitpack.unknown = 1} {
}

// -----

// expected-error @below {{expects 'bitpack.target' to be a string, but got 1 : i64}}
module @string attributes {bitpack.target = 1} {
}

// -----

// expected-error @below {{expects 'bitpack.arena_alignment' of at least 1 in 64 bits, but got 0 : i64}}
module @alignment attributes {bitpack.arena_alignment = 0} {
}

// -----

// expected-error @below {{expects 'bitpack.type' to be a tensor, but got i8}}
func.func private @port_type(tensor<1xi8> {bitpack.type = i8})

// -----

// expected-error @below {{expects 'bitpack.type' or 'bitpack.offset' of arguments and results, but got 'bitpack.target'}}
func.func private @port_attribute() -> (tensor<1xi8> {bitpack.target = "c99"})

// -----

// expected-error @below {{expects 'bitpack.offset' of unsigned bytes, but got 1 : i64 of 'tensor<1xi8>'}}
func.func private @port_offset(tensor<1xi8> {bitpack.offset = 1})

// -----

// expected-error @below {{expects storage of 'bitpack.type' 'tensor<1x3xi32>', but got 'tensor<1x2xi8>'}}
func.func private @port_shape(tensor<1x2xi8> {bitpack.type = tensor<1x3xi32>})

// -----

// expected-error @below {{expects storage of 'bitpack.type' 'tensor<1x33xi32>', but got 'tensor<1x2x1xui32>'}}
func.func private @port_words(tensor<1x2x1xui32> {bitpack.type = tensor<1x33xi32>})
