# Finds MLIR, sets the flags that every target shares, and defines the helpers
# add_slb_library and add_slb_tool.

set(MLIR_LINK_MLIR_DYLIB ON)
find_package(MLIR 22.1 REQUIRED CONFIG)
find_package(fmt REQUIRED)
find_package(ZLIB REQUIRED)
list(APPEND CMAKE_MODULE_PATH ${MLIR_CMAKE_DIR} ${LLVM_CMAKE_DIR})
set(LLVM_RUNTIME_OUTPUT_INTDIR ${CMAKE_BINARY_DIR}/bin)
set(LLVM_LIBRARY_OUTPUT_INTDIR ${CMAKE_BINARY_DIR}/lib)
set(MLIR_BINARY_DIR ${CMAKE_BINARY_DIR})
include(TableGen)
include(AddLLVM)
include(AddMLIR)

find_program(SLB_CCACHE ccache)
if(SLB_CCACHE)
  # A precompiled header is cached only if ccache may ignore its time stamps.
  set(SLB_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${SLB_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${SLB_LAUNCHER})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${SLB_LAUNCHER})
endif()

include_directories(SYSTEM ${LLVM_INCLUDE_DIRS} ${MLIR_INCLUDE_DIRS})
include_directories(include ${CMAKE_SOURCE_DIR})
# Generated headers are TableGen's to keep free of warnings.
include_directories(SYSTEM ${CMAKE_BINARY_DIR})
add_definitions(${LLVM_DEFINITIONS})
add_compile_options(-Wall -Wextra)
if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
  add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:SHELL:-Xclang -fno-pch-timestamp>")
endif()
if(SLB_SANITIZE)
  # Functions that are compiled at run time lack what calls would check.
  add_compile_options(-fsanitize=address,undefined -fno-sanitize=function
    -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
  add_library(SLBSanitizerOptions OBJECT ${CMAKE_CURRENT_LIST_DIR}/SanitizerOptions.cpp)
  set(isProgram $<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>)
  link_libraries($<${isProgram}:$<TARGET_OBJECTS:SLBSanitizerOptions>>)
endif()

if(SLB_ENABLE_FUZZERS)
  # What undefined behaviour would only print is a finding.
  add_compile_options(-fsanitize=fuzzer-no-link -fno-sanitize-recover=undefined)
endif()

# One precompiled header of MLIR serves every target that includes MLIR.
file(WRITE ${CMAKE_BINARY_DIR}/pch/empty.cpp "")
add_library(SLBPrecompiled STATIC ${CMAKE_BINARY_DIR}/pch/empty.cpp)
target_precompile_headers(SLBPrecompiled PRIVATE ${CMAKE_CURRENT_LIST_DIR}/Precompiled.h)

# add_slb_library(Name Source... [DEPENDS target...] [LINK_LIBS library...] [NO_MLIR])
function(add_slb_library name)
  cmake_parse_arguments(ARG "NO_MLIR" "" "DEPENDS;LINK_LIBS" ${ARGN})
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  if(ARG_DEPENDS)
    add_dependencies(${name} ${ARG_DEPENDS})
  endif()
  if(NOT ARG_NO_MLIR)
    target_precompile_headers(${name} REUSE_FROM SLBPrecompiled)
    target_link_libraries(${name} PUBLIC MLIR LLVM)
  endif()
  target_link_libraries(${name} PUBLIC ${ARG_LINK_LIBS})
endfunction()

# add_slb_tool(name Source... [LINK_LIBS library...] [NO_MLIR])
function(add_slb_tool name)
  cmake_parse_arguments(ARG "NO_MLIR" "" "LINK_LIBS" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  if(NOT ARG_NO_MLIR)
    target_precompile_headers(${name} REUSE_FROM SLBPrecompiled)
  endif()
  target_link_libraries(${name} PRIVATE ${ARG_LINK_LIBS})
  install(TARGETS ${name} DESTINATION bin)
endfunction()
