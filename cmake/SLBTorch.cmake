# Defines the target SLBTorch, LibTorch as slb-train links it, from
# SLB_TORCH_DIR. The CUDA part of LibTorch is opened at run time only, so one
# program serves machines with and without a GPU.

set(SLB_TORCH_ADVICE
  "Install it with scripts/demo.sh or by hand:\n"
  "  python3 -m venv .venv && .venv/bin/pip install --no-deps torch==2.11.0 "
  "'nvidia-cuda-runtime==13.0.*' 'nvidia-cuda-cupti==13.0.*'\n"
  "and set SLB_TORCH_DIR to the wheel's torch folder, or leave the trainer out "
  "with -DSLB_ENABLE_TRAINING=OFF (preset compiler-only).")

foreach(path
    include/torch/csrc/api/include/torch/torch.h
    lib/libtorch_cpu.so
    lib/libc10.so)
  if(NOT EXISTS ${SLB_TORCH_DIR}/${path})
    message(FATAL_ERROR "LibTorch not found: '${SLB_TORCH_DIR}/${path}' is "
      "missing (SLB_TORCH_DIR='${SLB_TORCH_DIR}').\n" ${SLB_TORCH_ADVICE})
  endif()
endforeach()

file(STRINGS ${SLB_TORCH_DIR}/include/torch/headeronly/version.h SLB_TORCH_VERSION
  REGEX "#define TORCH_VERSION_(MAJOR|MINOR) ")
list(JOIN SLB_TORCH_VERSION " " SLB_TORCH_VERSION)
if(NOT SLB_TORCH_VERSION MATCHES "MAJOR 2 .*MINOR 11")
  message(WARNING "slb-train is tested with LibTorch 2.11; '${SLB_TORCH_DIR}' says: "
    "${SLB_TORCH_VERSION}")
endif()

# The link in .venv may point elsewhere; the wheel's own libraries find the
# CUDA ones relative to the real folder.
get_filename_component(SLB_TORCH_REAL ${SLB_TORCH_DIR} REALPATH)
file(GLOB SLB_TORCH_CUDA_LIBS ${SLB_TORCH_REAL}/../nvidia/*/lib)
list(APPEND SLB_TORCH_CUDA_LIBS ${SLB_TORCH_REAL}/lib)

add_library(SLBTorch INTERFACE)
target_include_directories(SLBTorch SYSTEM INTERFACE
  ${SLB_TORCH_DIR}/include
  ${SLB_TORCH_DIR}/include/torch/csrc/api/include)
target_link_libraries(SLBTorch INTERFACE
  ${SLB_TORCH_DIR}/lib/libtorch_cpu.so
  ${SLB_TORCH_DIR}/lib/libc10.so
  ${CMAKE_DL_LIBS})
foreach(folder ${SLB_TORCH_CUDA_LIBS})
  target_link_options(SLBTorch INTERFACE -Wl,-rpath-link,${folder})
endforeach()
set(SLB_TORCH_RPATH ${SLB_TORCH_DIR}/lib)
